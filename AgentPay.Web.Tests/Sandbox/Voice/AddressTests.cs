using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Tests.Sandbox.Voice;

public sealed class AddressTests
{
    [Theory]
    [InlineData("sip:+61280000000@pbx.example.com", "+61280000000", "sip:+61280000000@pbx.example.com")]
    [InlineData("agent@pbx.example.com:5060;transport=tls", "agent", "sip:agent@pbx.example.com:5060;transport=tls")]
    [InlineData("  sips:a.b@10.0.0.1  ", "a.b", "sips:a.b@10.0.0.1")]
    public void SipAddress_WellFormed_IsRead(string text, string user, string uri)
    {
        var address = SipAddress.Parse(text).ShouldNotBeNull();

        address.User.ShouldBe(user);
        address.Uri.ShouldBe(uri);
    }

    [Theory]
    [InlineData("sip:")]
    [InlineData("sip:@host")]
    [InlineData("sip:a@b@c")]
    [InlineData("https://example.com/a@b")]
    public void SipAddress_Malformed_IsNone(string? text) => SipAddress.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("+61400000000", true)]
    [InlineData("+123456789012345", true)]
    [InlineData("+1234567890123456", false)]
    [InlineData("61400000000", false)]
    [InlineData("+61400000000\n", false)]
    public void E164_IsAPlusAndUpToFifteenDigits(string? text, bool isNumber) => E164Number.IsE164(text).ShouldBe(isNumber);

    [Theory]
    [InlineData("+14158675309", "US", "(415) 867-5309")]
    [InlineData("+61400000000", "AU", "+61400000000")]
    [InlineData("+353871234567", "IE", "+353871234567")]
    [InlineData("+9991234", "", "+9991234")]
    public void Number_OfACountry_IsKnownByItsPrefix(string number, string country, string formatted)
    {
        E164Number.Country(number).ShouldBe(country);
        E164Number.Formatted(number).ShouldBe(formatted);
    }
}
