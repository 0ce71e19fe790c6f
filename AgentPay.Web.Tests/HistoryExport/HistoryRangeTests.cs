using AgentPay.Web.HistoryExport;
using AgentPay.Web.Tests.Components.History;

namespace AgentPay.Web.Tests.HistoryExport;

public sealed class HistoryRangeTests
{
    private static readonly HistoryDay Earliest = Day("2025-10-18");
    private static readonly HistoryDay Today = Day("2026-11-22");

    /// <summary>22 November 2026 is a Sunday, 1 March 2027 a Monday.</summary>
    [Theory]
    [InlineData(RangePreset.Today, "2026-11-22", "2026-11-22", "2026-11-22")]
    [InlineData(RangePreset.Yesterday, "2026-11-22", "2026-11-21", "2026-11-21")]
    [InlineData(RangePreset.Yesterday, "2027-03-01", "2027-02-28", "2027-02-28")]
    [InlineData(RangePreset.ThisWeek, "2026-11-22", "2026-11-16", "2026-11-22")]
    [InlineData(RangePreset.ThisWeek, "2027-03-01", "2027-03-01", "2027-03-01")]
    [InlineData(RangePreset.LastWeek, "2026-11-22", "2026-11-09", "2026-11-15")]
    [InlineData(RangePreset.LastWeek, "2027-03-01", "2027-02-22", "2027-02-28")]
    [InlineData(RangePreset.ThisMonth, "2026-11-22", "2026-11-01", "2026-11-22")]
    [InlineData(RangePreset.LastMonth, "2026-11-22", "2026-10-01", "2026-10-31")]
    [InlineData(RangePreset.LastMonth, "2027-01-31", "2026-12-01", "2026-12-31")]
    [InlineData(RangePreset.LastMonth, "2027-03-31", "2027-02-01", "2027-02-28")]
    public void Of_APreset_HasItsDays(RangePreset preset, string today, string first, string last)
    {
        var range = HistoryRange.Of(preset, Day(today));

        (range.First.Name, range.Last.Name).ShouldBe((first, last));
        range.Days.ShouldBeLessThanOrEqualTo(HistoryRange.MostDays);
    }

    // In Berlin, the clocks went forward on 29 March 2026 and back on 25 October 2026.
    [Theory]
    [InlineData("2026-03-28", "2026-03-30", "2026-03-27T23:00Z", "2026-03-30T22:00Z", 71)]
    [InlineData("2026-10-24", "2026-10-26", "2026-10-23T22:00Z", "2026-10-26T23:00Z", 73)]
    [InlineData("2026-03-29", "2026-03-29", "2026-03-28T23:00Z", "2026-03-29T22:00Z", 23)]
    public void Range_AcrossAChangeOfTheClocks_LastsAnHourLessOrMore(string first, string last, string from, string until, int hours)
    {
        var range = ARecord.Range(DateOnly.Parse(first, null), DateOnly.Parse(last, null), "Europe/Berlin");

        (range.From, range.Until).ShouldBe((DateTimeOffset.Parse(from, null), DateTimeOffset.Parse(until, null)));
        (range.Until - range.From).ShouldBe(TimeSpan.FromHours(hours));
    }

    [Theory]
    [InlineData("2026-11-01", "2026-11-22", RangeProblem.None)]
    [InlineData("2026-10-01", "2026-10-31", RangeProblem.None)]
    [InlineData("2026-10-01", "2026-11-01", RangeProblem.TooLong)]
    [InlineData("2026-11-22", "2026-11-21", RangeProblem.Reversed)]
    [InlineData("2026-11-22", "2026-11-23", RangeProblem.Outside)]
    [InlineData("2025-10-17", "2025-10-18", RangeProblem.Outside)]
    [InlineData("2026-11-22", null, RangeProblem.NotADay)]
    [InlineData("22.11.2026", "2026-11-22", RangeProblem.NotADay)]
    public void TryRead_TwoDays_SaysWhyTheyAreNoRange(string? from, string? to, RangeProblem problem) =>
        HistoryRange.TryRead(from, to, Earliest, Today, out _).ShouldBe(problem);

    [Fact]
    public void Name_OfOneDayOrMore_IsForFiles()
    {
        HistoryRange.Of(RangePreset.Today, Today).Name.ShouldBe("2026-11-22");
        HistoryRange.Of(RangePreset.LastMonth, Today).Name.ShouldBe("2026-10-01-to-2026-10-31");
    }

    private static HistoryDay Day(string name)
    {
        HistoryDay.TryRead(name, TimeZoneInfo.Utc, out var day).ShouldBeTrue();
        return day;
    }
}
