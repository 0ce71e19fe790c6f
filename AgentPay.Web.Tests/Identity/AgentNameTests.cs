using AgentPay.Web.Tests.Components.History;
using AgentPay.Web.Identity;

namespace AgentPay.Web.Tests.Identity;

public sealed class AgentNameTests
{
    private static readonly CurrentUser Viewer =
        new("00000000-0000-4000-8000-00000000000a", "Amara Okafor", ARecord.Amara, [AgentPayRoles.Supervisor]);

    [Theory]
    [InlineData("amara@agentpay.example", "Amara Okafor")]
    [InlineData("AMARA@agentpay.example", "Amara Okafor")]
    [InlineData("ben@agentpay.example", "Ben")]
    [InlineData("jo.van-der_berg@contoso.example", "Jo Van Der Berg")]
    [InlineData("jo_contoso.com#EXT#@agentpay.example", "Jo Contoso Com")]
    [InlineData("@", "@")]
    [InlineData("", "")]
    public void Of_APrincipalName_IsReadable(string principalName, string name) => AgentName.Of(principalName, Viewer).ShouldBe(name);

    [Fact]
    public void Of_TwoAgentsWithTheSameName_HasTheirAddresses()
    {
        string[] all = ["jo@contoso.example", "jo@fabrikam.example", "ben@agentpay.example"];

        all.Select(agent => AgentName.Of(agent, Viewer, all)).ShouldBe(["Jo (jo@contoso.example)", "Jo (jo@fabrikam.example)", "Ben"]);
    }
}
