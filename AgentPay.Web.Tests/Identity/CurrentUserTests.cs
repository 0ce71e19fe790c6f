using System.Security.Claims;
using AgentPay.Web.Identity;

namespace AgentPay.Web.Tests.Identity;

public sealed class CurrentUserTests
{
    [Fact]
    public void Of_Nobody_IsNull()
    {
        CurrentUser.Of(null).ShouldBeNull();
        CurrentUser.Of(new ClaimsPrincipal()).ShouldBeNull();
        CurrentUser.Of(new ClaimsPrincipal(new ClaimsIdentity())).ShouldBeNull();
    }

    [Theory]
    [InlineData("oid")]
    [InlineData("preferred_username")]
    public void Of_APrincipalWithoutWhatNamesAPerson_IsNull(string missing)
    {
        CurrentUser.Of(Principal([.. Maria.Where(c => c.Type != missing)])).ShouldBeNull();
        CurrentUser.Of(Principal([.. Maria.Where(c => c.Type != missing), new(missing, " ")])).ShouldBeNull();
    }

    [Fact]
    public void Of_ClaimsThatNobodyHasVouchedFor_IsNull() => CurrentUser.Of(new(new ClaimsIdentity(Maria))).ShouldBeNull();

    [Fact]
    public void Of_APerson_IsThatPerson() => CurrentUser.Of(Principal(Maria)).ShouldSatisfyAllConditions(
        user => user!.ObjectId.ShouldBe("7"),
        user => user!.Name.ShouldBe("Maria"),
        user => user!.PrincipalName.ShouldBe("maria@example.com"),
        user => user!.Roles.ShouldBeEmpty());

    [Fact]
    public void Of_APersonWithoutAName_IsCalledByThePrincipalName() =>
        CurrentUser.Of(Principal([.. Maria.Where(c => c.Type != "name")]))!.Name.ShouldBe("maria@example.com");

    [Theory]
    [InlineData("AgentPay.Agent", true, false, false)]
    [InlineData("AgentPay.Supervisor", true, true, false)]
    [InlineData("AgentPay.Admin", false, false, true)]
    [InlineData("AgentPay.Admin AgentPay.Agent", true, false, true)]
    [InlineData("agentpay.supervisor", false, false, false)]
    [InlineData("Agent", false, false, false)]
    [InlineData("", false, false, false)]
    public void Roles_OfAPerson_SayWhatTheyMayDo(string roles, bool isAgent, bool isSupervisor, bool isAdmin)
    {
        var user = CurrentUser.Of(Principal([.. Maria, .. roles.Split(' ').Select(role => new Claim("roles", role))]))!;

        (user.IsAgent, user.IsSupervisor, user.IsAdmin).ShouldBe((isAgent, isSupervisor, isAdmin));
    }

    private static Claim[] Maria => [new("oid", "7"), new("preferred_username", "maria@example.com"), new("name", "Maria")];

    private static ClaimsPrincipal Principal(Claim[] claims) => new(new ClaimsIdentity(claims, "test"));
}
