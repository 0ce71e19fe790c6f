using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Security;

public sealed class TimeZoneOptionTests
{
    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Argentina/Buenos_Aires")]
    public void TimeZone_AnIanaName_IsAccepted(string zone) => Validate(zone).ShouldBeEmpty();

    [Theory]
    [InlineData("Berlin")]
    [InlineData("Nowhere/Else")]
    [InlineData("/dev/zero")]
    [InlineData("../../../etc/passwd")]
    public void TimeZone_NoIanaName_IsRefusedWithItsKeyAndAnExample(string zone) =>
        Validate(zone).ShouldHaveSingleItem().ShouldBe("AgentPay:TimeZone must be the IANA name of a time zone. Example: Europe/Berlin.");

    private static IReadOnlyList<string> Validate(string zone) =>
        OptionsBench.Failures<AgentPayOptions, AgentPayOptionsValidator>("AgentPay", ("TimeZone", zone));
}
