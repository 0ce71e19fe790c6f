using System.Globalization;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Security;

public sealed class LimitOptionsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void RateLimits_OutOfRange_AreRefusedWithTheirKeys(int perMinute)
    {
        var value = perMinute.ToString(CultureInfo.InvariantCulture);

        Validate(("RateLimits:SignInPerMinute", value), ("RateLimits:ApiPerMinute", value)).ShouldBe(
            ["AgentPay:RateLimits:SignInPerMinute must be between 1 and 1000000.",
                "AgentPay:RateLimits:ApiPerMinute must be between 1 and 1000000."]);
    }

    [Theory]
    [InlineData("10.0.0.5")]
    [InlineData("10.0.0.0/8")]
    [InlineData("2001:db8::1")]
    [InlineData("2001:db8::/32")]
    public void KnownProxy_ThatIsAnAddressOrANetwork_IsAccepted(string proxy) => Validate(("KnownProxies:0", proxy)).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("proxy.example.com")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.5:8080")]
    public void KnownProxy_ThatIsNeither_IsRefusedWithItsKey(string proxy) =>
        Validate(("KnownProxies:0", proxy)).ShouldHaveSingleItem().ShouldBe(
            $"AgentPay:KnownProxies contains '{proxy}'. Accepted: IP addresses and networks, such as 10.0.0.5 or 10.0.0.0/8.");

    private static IReadOnlyList<string> Validate(params (string, string?)[] settings) =>
        OptionsBench.Failures<AgentPayOptions, AgentPayOptionsValidator>("AgentPay", settings);
}
