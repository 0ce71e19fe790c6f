using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

public sealed class PublicUrlTests
{
    [Theory]
    [InlineData("https://app.example.com", "/paySyncUpdate?payment=1", "https://app.example.com/paySyncUpdate?payment=1")]
    [InlineData("https://app.example.com/", "/paySyncUpdate", "https://app.example.com/paySyncUpdate")]
    [InlineData("https://app.example.com:8443", "/", "https://app.example.com:8443/")]
    public void Of_BaseAndTarget_ArePutTogether(string publicBaseUrl, string target, string url) =>
        PublicUrl.Of(publicBaseUrl, target).ShouldBe(url);

    [Theory]
    [InlineData("/a%2Fb/?uui=%3d%20+~&empty=")]
    [InlineData("/a//b/../c")]
    [InlineData("/%c3%ab")]
    public void Of_EscapedTarget_IsKeptAsItCame(string target) =>
        PublicUrl.Of("https://App.Example.com", target).ShouldBe($"https://App.Example.com{target}");

    [Theory]
    [InlineData("http://evil.example/paySyncUpdate?x=1", "https://app.example.com/paySyncUpdate?x=1")]
    [InlineData("https://evil.example:99", "https://app.example.com")]
    [InlineData("*", "https://app.example.com")]
    [InlineData("", "https://app.example.com")]
    public void Of_TargetThatIsAWholeUrl_LosesItsHost(string target, string url) =>
        PublicUrl.Of("https://app.example.com", target).ShouldBe(url);
}
