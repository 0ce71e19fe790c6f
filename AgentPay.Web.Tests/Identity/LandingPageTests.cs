using AgentPay.Web.Identity;

namespace AgentPay.Web.Tests.Identity;

public sealed class LandingPageTests
{
    [Theory]
    [InlineData("AgentPay.Agent", "/")]
    [InlineData("AgentPay.Supervisor", "/board")]
    [InlineData("AgentPay.Admin", "/setup")]
    [InlineData("AgentPay.Agent AgentPay.Admin", "/")]
    [InlineData("AgentPay.Agent AgentPay.Supervisor AgentPay.Admin", "/board")]
    [InlineData("", "/")]
    public void Of_TheStartPage_DependsOnTheRole(string roles, string page)
    {
        var user = new CurrentUser("1", "Priya", "priya@agentpay.example", roles.Split(' '));

        LandingPage.Of(user, "", "/").ShouldBe(page);
        LandingPage.Of(user, "/pay-app", "/pay-app/").ShouldBe("/pay-app" + page);
        LandingPage.Of(user, "", null).ShouldBe(page);
    }

    [Theory]
    [InlineData("/pay?uui=7")]
    [InlineData("/?x=1")]
    [InlineData("/history")]
    [InlineData("/signed-in")]
    public void Of_AnotherAddress_StaysThere(string address) =>
        LandingPage.Of(new("1", "Priya", "priya@agentpay.example", [AgentPayRoles.Supervisor]), "", address).ShouldBe(address);
}
