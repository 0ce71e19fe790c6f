using AgentPay.Web.Sandbox.Entra;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Entra;

public sealed class AuthorizationCodesTests
{
    [Fact]
    public void Issue_FarMoreThanAnyoneRedeems_ForgetsTheOldest()
    {
        var codes = new AuthorizationCodes(new ManualClock());
        var request = new AuthorizeRequest(new Scopes("openid"), "a challenge", null, null, null);
        var grant = new Grant(People.All[0], request, "http://localhost/", TokenFault.None);
        var issued = Enumerable.Range(0, 1001).Select(_ => codes.Issue(grant)).ToList();

        Redeeming(issued[0]).ShouldStartWith("AADSTS70000: ");
        Redeeming(issued[1]).ShouldStartWith("AADSTS50148: ");

        string Redeeming(string code) =>
            Should.Throw<EntraError>(() => codes.Redeem(code, "http://localhost/", "a verifier")).Description(DateTimeOffset.UnixEpoch);
    }
}
