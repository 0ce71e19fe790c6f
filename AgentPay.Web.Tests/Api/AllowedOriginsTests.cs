namespace AgentPay.Web.Tests.Api;

public sealed class AllowedOriginsTests
{
    [Theory]
    [InlineData("https://desk.example.com")]
    [InlineData("https://desk.example.com:8443")]
    [InlineData("http://localhost:5173")]
    [InlineData("http://127.0.0.1:5173")]
    [InlineData("http://[::1]:5173")]
    [InlineData("https://xn--bcher-kva.example")]
    public void Origin_AsABrowserSendsIt_IsAccepted(string origin) => Validate(origin).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("desk.example.com")]
    [InlineData("//desk.example.com")]
    [InlineData("https://desk.example.com/")]
    [InlineData("https://desk.example.com/pay")]
    [InlineData("https://desk.example.com?a=1")]
    [InlineData("https://desk.example.com:443")]
    [InlineData("http://desk.example.com:80")]
    [InlineData("https://Desk.example.com")]
    [InlineData("HTTPS://desk.example.com")]
    [InlineData("https://bücher.example")]
    [InlineData("https://*.example.com")]
    [InlineData("https://user@desk.example.com")]
    [InlineData(" https://desk.example.com")]
    [InlineData("https://a.example,https://b.example")]
    [InlineData("ftp://desk.example.com")]
    [InlineData("file:///tmp")]
    public void Origin_ThatNoBrowserSends_IsRefusedWithItsKey(string origin) =>
        Validate("https://desk.example.com", origin).ShouldHaveSingleItem().ShouldStartWith($"AgentPay:AllowedOrigins:1 is '{origin}', which is not an origin as browsers send it");

    [Fact]
    public void EveryFailure_IsTold() => Validate("a", "https://desk.example.com", "b").Count().ShouldBe(2);

    private static IEnumerable<string> Validate(params string[] origins) =>
        new AgentPayOptionsValidator().Validate(null, new() { AllowedOrigins = origins }).Failures ?? [];
}
