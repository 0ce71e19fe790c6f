using AgentPay.Web.Tests.Support;

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
    [InlineData("https: //desk.example.com")]
    [InlineData("https://a.example,https://b.example")]
    [InlineData("ftp://desk.example.com")]
    [InlineData("file:///tmp")]
    public void Origin_ThatNoBrowserSends_IsRefusedWithItsKey(string origin) =>
        Validate("https://desk.example.com", origin).ShouldHaveSingleItem().ShouldBe(
            $"AgentPay:AllowedOrigins contains '{origin}'. Accepted: origins as browsers send them, such as https://desk.example.com.");

    [Fact]
    public void Origins_SeveralWrong_AreAllNamed() =>
        Validate("a", "https://desk.example.com", "b").ShouldHaveSingleItem().ShouldContain("'a' and 'b'");

    private static IReadOnlyList<string> Validate(params string[] origins) =>
        OptionsBench.Failures<AgentPayOptions, AgentPayOptionsValidator>("AgentPay",
            [.. origins.Select((origin, n) => ($"AllowedOrigins:{n}", (string?)origin))]);
}
