using AgentPay.Web.HistoryExport;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Components.History;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.Sync;

namespace AgentPay.Web.Tests.HistoryExport;

public sealed class HistoryReaderTests : IAsyncLifetime
{
    private static readonly CurrentUser Priya = new("id", "Priya", "priya@agentpay.example", [AgentPayRoles.Supervisor]);
    private static readonly HistoryRange Days = ARecord.Range(new(2026, 11, 16), new(2026, 11, 20));

    private readonly SandboxApp _sandbox = new();

    public async Task InitializeAsync()
    {
        await using var host = await SyncHost.StartReadyAsync(_sandbox);
        for (var day = 15; day <= 20; day++)
            await HistoryExportTests.KeepAsync(host.Maps,
                ARecord.Of(ARecord.Amara, new(2026, 11, day, 23, 30, 0, TimeSpan.Zero), amount: 1));
    }

    [Fact]
    public async Task Read_ARange_HasTheTotalsOfAllDaysNewestFirst()
    {
        var reading = await ReadAsync(Days);

        reading.Summary.Currencies.Single().Tally.Taken.ShouldBe(5);
        reading.Records.Select(record => record.Started.Day).ShouldBe([20, 19, 18, 17, 16]);
        (reading.Missing.Count, reading.Problem, reading.HasFailed).ShouldBe((0, null, false));
    }

    [Fact]
    public async Task Read_WithADayThatFails_HasTheOthersAndNamesIt()
    {
        var reading = await ReadAsync(Days, "history-2026-11-18");

        reading.Missing.Select(day => day.Name).ShouldBe(["2026-11-18"]);
        reading.Summary.Count.ShouldBe(4);
        reading.Problem.ShouldNotBeNull();
        reading.HasFailed.ShouldBeFalse();
    }

    [Fact]
    public async Task Read_InAnotherTimeZone_NamesBothDaysThatLackAPart()
    {
        var reading = await ReadAsync(ARecord.Range(new(2026, 11, 16), new(2026, 11, 20), "Australia/Sydney"), "history-2026-11-18");

        reading.Missing.Select(day => day.Name).ShouldBe(["2026-11-18", "2026-11-19"]);
    }

    [Fact]
    public async Task Read_WithTwoDaysThatFail_DoesNotTryTheRest()
    {
        var reading = await ReadAsync(Days, "history-2026-11-20", "history-2026-11-19", "history-2026-11-18", "history-2026-11-17",
            "history-2026-11-16");

        reading.HasFailed.ShouldBeTrue();
        reading.Missing.Count.ShouldBe(5);
        reading.Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_WithAFilter_CountsWhatItHides()
    {
        var reading = await ReadAsync(Days, filter: new(Text: "nowhere"));

        (reading.Count, reading.Summary.Count, reading.Records.Count).ShouldBe((5, 0, 0));
        reading.Agents.ShouldBe([ARecord.Amara]);
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    private Task<HistoryReading> ReadAsync(HistoryRange range, params string[] failing) => ReadAsync(range, new(), failing);

    private Task<HistoryReading> ReadAsync(HistoryRange range, HistoryFilter filter) => ReadAsync(range, filter, []);

    private async Task<HistoryReading> ReadAsync(HistoryRange range, HistoryFilter filter, string[] failing)
    {
        await using var app = await FailingMap.StartAsync(_sandbox, failing);
        var reader = new HistoryReader(ARecord.History(app.Host, _sandbox.Clock), _sandbox.Clock);
        return await reader.ReadAsync(Priya, new(range, filter), default, null, default);
    }
}
