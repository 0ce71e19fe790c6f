using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Tests.Sandbox.Webhooks;

public sealed class WebhookSignerTests
{
    private const string Url = "https://mycompany.com/myapp.php?foo=1&bar=2";

    private static readonly KeyValuePair<string, string>[] Call =
    [
        new("To", "+18005551212"), new("From", "+14158675309"), new("Digits", "1234"), new("CallSid", "CA1234567890ABCDE"), new("Caller", "+14158675309"),
    ];

    [Theory]
    [InlineData(Url, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("http://mycompany.com:1234/myapp.php?foo=1&bar=2", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=")]
    [InlineData("https://MyCompany.com/myapp.php?foo=1&bar=2", "g9IN/x4Cft2g517EjYvEvM/W7LU=")]
    public void Sign_OfAKnownRequest_IsTheKnownSignature(string url, string signature) => WebhookSigner.Sign("12345", url, Call).ShouldBe(signature);

    [Fact]
    public void Sign_WithRepeatedNames_TakesEachValueOnceInOrder() =>
        WebhookSigner.Sign("12345", Url, [new("Sid", "CA123"), new("SidAccount", "AC123"), new("Digits", "5678"), new("Digits", "1234"), new("Digits", "1234")])
            .ShouldBe("IK+Dwps556ElfBT0I3Rgjkr1wJU=");

    [Fact]
    public void Sign_WithAnEmptyValue_TakesTheNameAlone() =>
        WebhookSigner.Sign("12345", Url, [new("CallSid", "CA1"), new("ErrorType", ""), new("PartialResult", "true")])
            .ShouldBe("LN6SDQU6d3mQQc4Dtpqr9rrFXxY=");
}
