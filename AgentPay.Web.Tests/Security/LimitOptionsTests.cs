namespace AgentPay.Web.Tests.Security;

public sealed class LimitOptionsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void RateLimits_OutOfRange_AreRefusedWithTheirKeys(int perMinute)
    {
        var failures = Validate(new() { RateLimits = new() { SignInPerMinute = perMinute, ApiPerMinute = perMinute } });

        failures.Count.ShouldBe(2);
        failures[0].ShouldStartWith($"AgentPay:RateLimits:SignInPerMinute is {perMinute}.");
        failures[1].ShouldContain("AgentPay__RateLimits__ApiPerMinute");
    }

    [Theory]
    [InlineData("10.0.0.5")]
    [InlineData("10.0.0.0/8")]
    [InlineData("2001:db8::1")]
    [InlineData("2001:db8::/32")]
    public void KnownProxy_ThatIsAnAddressOrANetwork_IsAccepted(string proxy) => Validate(new() { KnownProxies = [proxy] }).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("proxy.example.com")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.5:8080")]
    public void KnownProxy_ThatIsNeither_IsRefusedWithItsKey(string proxy) =>
        Validate(new() { KnownProxies = [proxy] }).ShouldHaveSingleItem().ShouldStartWith($"AgentPay:KnownProxies:0 is '{proxy}'");

    private static List<string> Validate(AgentPayOptions options) => [.. new AgentPayOptionsValidator().Validate(null, options).Failures ?? []];
}
