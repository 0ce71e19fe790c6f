using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Security;

public sealed class FrameAncestorsTests
{
    [Theory]
    [InlineData("'self'")]
    [InlineData("https://cti.example.com")]
    [InlineData("https://cti.example.com:8443")]
    [InlineData("https://*.example.com")]
    [InlineData("http://localhost:5173")]
    public void Ancestor_ThatIsASite_IsAccepted(string ancestor) => Validate(ancestor).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("self")]
    [InlineData("https:")]
    [InlineData("https://*")]
    [InlineData("http://cti.example.com")]
    [InlineData("cti.example.com")]
    [InlineData("https://cti.example.com/")]
    [InlineData("https://cti.example.com; script-src *")]
    [InlineData("https://a.example https://b.example")]
    [InlineData("https://a.example\n.b")]
    public void Ancestor_ThatIsNot_IsRefusedWithItsKey(string ancestor) =>
        Validate("'self'", ancestor).ShouldHaveSingleItem().ShouldBe(
            $"AgentPay:FrameAncestors contains '{ancestor}'. Accepted: 'self' in its quotes, or sites such as https://cti.example.com or https://*.example.com.");

    private static IReadOnlyList<string> Validate(params string[] ancestors) =>
        OptionsBench.Failures<AgentPayOptions, AgentPayOptionsValidator>("AgentPay",
            [.. ancestors.Select((ancestor, n) => ($"FrameAncestors:{n}", (string?)ancestor))]);
}
