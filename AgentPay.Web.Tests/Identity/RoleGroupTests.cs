using System.Net;
using System.Text.Json.Nodes;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Tests.Identity;

/// <summary>Roles by group, for tenants that send groups instead of app roles.</summary>
public sealed class RoleGroupTests
{
    private const string Agents = "00000000-0000-4000-8000-0000000000e1";
    private const string Supervisors = "00000000-0000-4000-8000-0000000000e2";

    private static readonly RoleGroups Groups = new(Options.Create(
        new AgentPayOptions { Roles = new() { Agent = [Agents], Supervisor = [Supervisors], Admin = [Agents.ToUpperInvariant()] } }));

    [Theory]
    [InlineData("""{"groups":["00000000-0000-4000-8000-0000000000e2"]}""", "AgentPay.Supervisor")]
    [InlineData("""{"groups":["00000000-0000-4000-8000-0000000000E1"]}""", "AgentPay.Agent AgentPay.Admin")]
    [InlineData("""{"groups":["00000000-0000-4000-8000-0000000000e2"],"roles":["AgentPay.Agent","Other.Role"]}""",
        "AgentPay.Agent AgentPay.Supervisor")]
    [InlineData("""{"roles":["00000000-0000-4000-8000-0000000000e2"]}""", "AgentPay.Supervisor")]
    [InlineData("""{"groups":["AgentPay.Admin"]}""", "")]
    [InlineData("""{"groups":["99999999-0000-4000-8000-000000000001"]}""", "")]
    [InlineData("{}", "")]
    public void RolesOf_GroupsAndAppRoles_AreTheConfiguredRolesOnly(string claims, string roles) =>
        string.Join(' ', Groups.RolesOf(Token(claims))).ShouldBe(roles);

    [Fact]
    public void PrincipalOf_AToken_IsInItsRolesByTheFrameworksOwnRule()
    {
        var principal = EntraClaims.PrincipalOf(Token("""{"oid":"7","name":"Maria","roles":["AgentPay.Admin"]}"""), "test",
            "maria@example.com", Groups);

        principal.IsInRole(AgentPayRoles.Admin).ShouldBeTrue();
        principal.Identity!.Name.ShouldBe("Maria");
    }

    [Theory]
    [InlineData("""{"_claim_names":{"groups":"src1"}}""", true)]
    [InlineData("""{"hasgroups":true}""", true)]
    [InlineData("""{"_claim_names":{"other":"src1"}}""", false)]
    [InlineData("""{"_claim_names":"groups"}""", false)]
    [InlineData("{}", false)]
    public void AreMissingIn_ATokenWithAReferenceInPlaceOfGroups_IsTrue(string claims, bool areMissing) =>
        Groups.AreMissingIn(Token(claims)).ShouldBe(areMissing);

    [Fact]
    public void AreMissingIn_WithoutConfiguredGroups_IsFalse() =>
        new RoleGroups(Options.Create(new AgentPayOptions())).AreMissingIn(Token("""{"hasgroups":true}""")).ShouldBeFalse();

    [Theory]
    [InlineData("Roles:Agents:0", Agents, "AgentPay:Roles:Agents is not a setting. Accepted: Agent, Supervisor, Admin.")]
    [InlineData("Roles:Agent", Agents, "AgentPay:Roles:Agent must be a list. Accepted: Agent:0, Agent:1 and so on.")]
    [InlineData("Roles:Admin:0", "Contact centre",
        "AgentPay:Roles:Admin contains 'Contact centre'. Accepted: object IDs of groups, such as 11111111-2222-3333-4444-555555555555.")]
    [InlineData("Roles:Admin:0", "",
        "AgentPay:Roles:Admin contains ''. Accepted: object IDs of groups, such as 11111111-2222-3333-4444-555555555555.")]
    public void Read_WrongGroups_AreRefusedByTheirKey(string key, string value, string failure) =>
        OptionsBench.Failures<AgentPayOptions, AgentPayOptionsValidator>("AgentPay", (key, value)).ShouldBe([failure]);

    [Fact]
    public async Task SignIn_AsAMemberOfAConfiguredGroup_HasItsRole()
    {
        using var app = Start();
        await app.ReadyAsync();
        using var browser = new HttpBrowser(app.Url);

        (await browser.SignInAsync(People.Amara)).Dispose();

        using var console = await browser.GoAsync("/");
        console.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var setup = await browser.GoAsync("/setup");
        setup.Headers.Location!.OriginalString.ShouldBe("/denied?reason=no-role");
    }

    [Fact]
    public async Task SignIn_AsAMemberOfAnotherGroup_HasNoRole()
    {
        using var app = Start();
        await app.ReadyAsync();
        using var browser = new HttpBrowser(app.Url);

        (await browser.SignInAsync(People.Tomas)).Dispose();

        using var console = await browser.GoAsync("/");
        console.Headers.Location!.OriginalString.ShouldBe("/denied?reason=no-role");
    }

    [Fact]
    public async Task SignIn_InMoreGroupsThanATokenHolds_SaysSo()
    {
        using var app = Start();
        await app.ReadyAsync();
        using var browser = new HttpBrowser(app.Url);

        (await browser.SignInAsync(People.Amara, fault: "overage")).Dispose();

        using var console = await browser.GoAsync("/");
        console.Headers.Location!.OriginalString.ShouldBe("/denied?reason=groups-missing");
        using var page = await browser.FollowAsync(console);
        (await page.Content.ReadAsStringAsync()).ShouldContain("too many groups");
    }

    private static AgentPayApp Start() => new(new()
    {
        ["Sandbox:GroupClaims"] = "true",
        ["AgentPay:Roles:Agent:0"] = Agents,
        ["AgentPay:Roles:Supervisor:0"] = Supervisors,
    });

    private static JsonWebToken Token(string claims) => new("{}", JsonNode.Parse(claims)!.ToJsonString());
}
