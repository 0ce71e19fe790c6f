using AgentPay.Web.HistoryExport;

namespace AgentPay.Web.Tests.HistoryExport;

public sealed class HistoryDayTests
{
    [Theory]
    [InlineData("UTC", "2026-11-22", "2026-11-22T00:00Z", "2026-11-23T00:00Z")]
    [InlineData("Australia/Sydney", "2026-11-22", "2026-11-21T13:00Z", "2026-11-22T13:00Z")]
    [InlineData("America/New_York", "2026-11-22", "2026-11-22T05:00Z", "2026-11-23T05:00Z")]
    [InlineData("Europe/Berlin", "2025-10-26", "2025-10-25T22:00Z", "2025-10-26T23:00Z")]
    [InlineData("Europe/Berlin", "2025-03-30", "2025-03-29T23:00Z", "2025-03-30T22:00Z")]
    [InlineData("America/Sao_Paulo", "2017-10-15", "2017-10-15T03:00Z", "2017-10-16T02:00Z")]
    [InlineData("America/Havana", "2019-11-03", "2019-11-03T04:00Z", "2019-11-04T05:00Z")]
    public void Day_InATimeZone_BeginsAndEndsAtItsOwnMidnights(string zone, string name, string from, string until)
    {
        HistoryDay.TryRead(name, TimeZoneInfo.FindSystemTimeZoneById(zone), out var day).ShouldBeTrue();

        (day.From, day.Until).ShouldBe((DateTimeOffset.Parse(from, null), DateTimeOffset.Parse(until, null)));
    }

    [Fact]
    public void Today_LateInUtc_IsTomorrowInSydney()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Australia/Sydney");

        HistoryDay.Today(zone, new(2026, 11, 22, 14, 0, 0, TimeSpan.Zero)).Name.ShouldBe("2026-11-23");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("22.11.2026")]
    [InlineData("2026-13-01")]
    [InlineData("2026-11-22T00:00")]
    public void TryRead_NoDay_SaysSo(string? name) => HistoryDay.TryRead(name, TimeZoneInfo.Utc, out _).ShouldBeFalse();
}
