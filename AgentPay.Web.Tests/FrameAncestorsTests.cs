namespace AgentPay.Web.Tests;

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
    [InlineData("https://a.example\n")]
    public void Ancestor_ThatIsNot_IsRefusedWithItsKey(string ancestor) =>
        Validate("'self'", ancestor).ShouldHaveSingleItem().ShouldStartWith($"AgentPay:FrameAncestors:1 is '{ancestor}', which is neither");

    private static IEnumerable<string> Validate(params string[] ancestors) =>
        new AgentPayOptionsValidator().Validate(null, new() { FrameAncestors = ancestors }).Failures ?? [];
}
