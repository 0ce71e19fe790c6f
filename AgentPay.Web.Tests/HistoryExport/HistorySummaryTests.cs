using AgentPay.Web.HistoryExport;
using AgentPay.Web.Tests.Components.History;

namespace AgentPay.Web.Tests.HistoryExport;

public sealed class HistorySummaryTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Currencies_Several_AreCountedOneByOne()
    {
        var summary = ARecord.Summary(
            ARecord.Of(ARecord.Amara, At, amount: 12.5m), ARecord.Of(ARecord.Ben, At, amount: 0.25m, currency: "aud"),
            ARecord.Of(ARecord.Amara, At, amount: 3000, currency: "JPY"));

        summary.Currencies.Select(c => (c.Currency, c.Tally.Charges, c.Tally.Taken)).ShouldBe([("AUD", 2, 12.75m), ("JPY", 1, 3000m)]);
    }

    [Fact]
    public void SuccessRate_OfAllResults_CountsThoseOfTheGatewayOnly()
    {
        var tally = ARecord.Summary(
            ARecord.Of(ARecord.Amara, At), ARecord.Of(ARecord.Amara, At, amount: null), ARecord.Of(ARecord.Amara, At),
            ARecord.Of(ARecord.Amara, At, "validation-error"), ARecord.Of(ARecord.Amara, At, "transaction-cancelled"),
            ARecord.Of(ARecord.Amara, At, "unknown", 7)).Currencies.Single().Tally;

        tally.SuccessRate.ShouldBe(0.75);
        (tally.Charges, tally.Saved, tally.Failed, tally.Cancelled, tally.ToCheck, tally.ToCheckAmount).ShouldBe((2, 1, 1, 1, 1, 7m));
    }

    [Fact]
    public void SuccessRate_WithoutAResultOfTheGateway_IsNone() =>
        ARecord.Summary(ARecord.Of(ARecord.Amara, At, "transaction-cancelled")).Currencies.Single().Tally.SuccessRate.ShouldBeNull();

    [Theory]
    [InlineData(true, 1, 0)]
    [InlineData(false, 0, 1)]
    public void Add_AClosedCheck_CountsWhatTheSupervisorFound(bool isCharged, int charges, int failed)
    {
        var tally = ARecord.Summary(ARecord.Of(ARecord.Amara, At, "unknown").Closed(isCharged)).Currencies.Single().Tally;

        (tally.Charges, tally.Failed, tally.ToCheck).ShouldBe((charges, failed, 0));
    }

    // 22:30 UTC on 28 March is before midnight in Berlin, 23:30 UTC after it.
    [Fact]
    public void Days_InBerlin_AreThoseThere()
    {
        var summary = new HistorySummary(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        foreach (var utc in (string[])["2026-03-28T22:30Z", "2026-03-28T23:30Z", "2026-03-29T21:30Z", "2026-03-29T22:30Z"])
            summary.Add(ARecord.Of(ARecord.Amara, DateTimeOffset.Parse(utc, null)));

        summary.Days.Select(day => (day.Day.ToString("yyyy-MM-dd", null), day.Tally.Charges))
            .ShouldBe([("2026-03-28", 1), ("2026-03-29", 2), ("2026-03-30", 1)]);
    }

    [Fact]
    public void AgentsProfilesAndReasons_AreGroupedAndOrdered()
    {
        var summary = ARecord.Summary(
            ARecord.Of(ARecord.Ben, At), ARecord.Of("AMARA@agentpay.example", At) with { Profile = "Phone" }, ARecord.Of(ARecord.Amara, At),
            ARecord.Of(ARecord.Ben, At, "validation-error"), ARecord.Of(ARecord.Ben, At, "validation-error"),
            ARecord.Of(ARecord.Ben, At, "payment-connector-error") with { ConnectorError = "card_declined" });

        summary.Agents.Select(agent => (agent.Agent, agent.Tally.Charges)).ShouldBe([(ARecord.Amara, 2), (ARecord.Ben, 1)]);
        summary.Profiles.Select(profile => (profile.Profile, profile.Tally.Charges)).ShouldBe([("Phone", 1), ("Shop", 2)]);
        summary.Reasons.Select(reason => reason.Count).ShouldBe([2, 1]);
        summary.Reasons.Last().Reason.ShouldBe("The bank declined the card.");
        summary.Count.ShouldBe(6);
    }
}
