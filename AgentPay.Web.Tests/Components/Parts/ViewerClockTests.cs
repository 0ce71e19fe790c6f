using AgentPay.Web.Components.Parts;

namespace AgentPay.Web.Tests.Components.Parts;

public sealed class ViewerClockTests
{
    [Fact]
    public void Of_ABrowsersZone_IsThatZone() => ViewerClock.Of("Australia/Sydney").Zone.Id.ShouldBe("Australia/Sydney");

    // The last two are the zone of Sydney by the names of its file.
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Nowhere/Else")]
    [InlineData("/usr/share/zoneinfo/Australia/Sydney")]
    [InlineData("Europe/../Australia/Sydney")]
    public void Of_WhatIsNoName_IsUtc(string? name) => ViewerClock.Of(name).Zone.ShouldBe(TimeZoneInfo.Utc);
}
