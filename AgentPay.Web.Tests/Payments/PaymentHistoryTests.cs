using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Components.History;
using AgentPay.Web.Tests.HistoryExport;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.Sync;

namespace AgentPay.Web.Tests.Payments;

public sealed class PaymentHistoryTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Day = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    private readonly SandboxApp _sandbox = new();
    private SyncHost _host = null!;

    public async Task InitializeAsync() => _host = await SyncHost.StartReadyAsync(_sandbox);

    [Theory]
    [InlineData(ARecord.Amara, AgentPayRoles.Agent, 1)]
    [InlineData("AMARA@AgentPay.example", AgentPayRoles.Agent, 1)]
    [InlineData("nobody@agentpay.example", AgentPayRoles.Agent, 0)]
    [InlineData("priya@agentpay.example", AgentPayRoles.Supervisor, 2)]
    [InlineData(ARecord.Amara, AgentPayRoles.Admin, 0)]
    [InlineData(ARecord.Amara, "Another.Role", 0)]
    public async Task Read_ByWhom_ShowsWhatIsTheirs(string who, string role, int count)
    {
        await KeepAsync(ARecord.Of(ARecord.Amara, Day.AddHours(8)), ARecord.Of(ARecord.Ben, Day.AddHours(9)));

        (await ReadAsync(new("id", "Name", who, [role]), Day, Day.AddDays(1))).Count.ShouldBe(count);
    }

    [Fact]
    public async Task Read_ADayAcrossTwoMaps_TakesFromBothWhatFallsIntoIt()
    {
        var (before, first, last, after) = (Of(Day.AddSeconds(-1)), Of(Day), Of(Day.AddHours(24).AddSeconds(-1)), Of(Day.AddHours(24)));
        await KeepAsync(after, first, last, before);

        (await ReadAsync(Priya, Day, Day.AddDays(1))).Select(record => record.Id).ShouldBe([last.Id, first.Id]);
        (await ReadAsync(Priya, Day.AddHours(-11), Day.AddHours(13))).Select(record => record.Id).ShouldBe([first.Id, before.Id]);
        (await ReadAsync(Priya, Day.AddHours(13), Day.AddHours(37))).Select(record => record.Id).ShouldBe([after.Id, last.Id]);
    }

    [Fact]
    public async Task Read_MoreThanAPage_HoldsAll()
    {
        var records = Enumerable.Range(0, 120).Select(minute => Of(Day.AddMinutes(minute))).ToArray();
        await KeepAsync(records);

        (await ReadAsync(Priya, Day, Day.AddDays(1))).Select(record => record.Id).ShouldBe(records.Reverse().Select(record => record.Id));
    }

    [Fact]
    public async Task Read_ADayWithoutPayments_IsEmpty() => (await ReadAsync(Priya, Day, Day.AddDays(1))).ShouldBeEmpty();

    [Fact]
    public async Task Read_WhenSyncDoesNotAnswer_SaysSoAfterATimeout()
    {
        await _sandbox.SetFaultsAsync(new { syncDelayMs = 60_000 });
        var reading = History.ReadAsync(Priya, Day, Day.AddDays(1), default, default).ToListAsync().AsTask();

        await _sandbox.Clock.TimerAsync(Timeouts.History);
        _sandbox.Clock.Advance(Timeouts.History);

        var day = (await reading).ShouldHaveSingleItem();
        (day.Records, day.Problem).ShouldBe((null, "Twilio Sync did not answer in time"));
    }

    [Fact]
    public async Task Read_ByAnAgent_MasksTheCaller()
    {
        await KeepAsync(Of(Day) with { Caller = "+61400000123" });

        (await ReadAsync(Amara, Day, Day.AddDays(1))).ShouldHaveSingleItem().Caller.ShouldBe("***123");
        (await ReadAsync(Priya, Day, Day.AddDays(1))).ShouldHaveSingleItem().Caller.ShouldBe("+61400000123");
    }

    [Fact]
    public async Task Read_AClosedDayAgain_UsesTheCopyUntilItIsTenMinutesOldOrRefreshed()
    {
        var (old, history) = (Day.AddDays(-5), History);
        await KeepAsync(Of(old));
        (await ReadAsync(history, old, ReadSince.Opened(Now))).Count.ShouldBe(1);
        await KeepAsync(Of(old.AddHours(1)));

        (await ReadAsync(history, old, ReadSince.Opened(Now))).Count.ShouldBe(1);
        (await ReadAsync(history, old, ReadSince.Refreshed(Now.AddSeconds(1)))).Count.ShouldBe(2);
        await KeepAsync(Of(old.AddHours(2)));
        _sandbox.Clock.Advance(TimeSpan.FromMinutes(11));
        (await ReadAsync(history, old, ReadSince.Opened(Now))).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Read_AnOpenDayAgain_ReadsIt()
    {
        var history = History;
        await KeepAsync(Of(Day));
        (await ReadAsync(history, Day, ReadSince.Opened(Now))).Count.ShouldBe(1);
        await KeepAsync(Of(Day.AddHours(1)));
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(1));

        (await ReadAsync(history, Day, ReadSince.Opened(Now))).Count.ShouldBe(2);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    private static CurrentUser Priya => new("id", "Priya", "priya@agentpay.example", [AgentPayRoles.Supervisor]);

    private static HistoryRecord Of(DateTimeOffset started) => ARecord.Of(ARecord.Amara, started);

    private static CurrentUser Amara => new("id", "Amara", ARecord.Amara, [AgentPayRoles.Agent]);

    private DateTimeOffset Now => _sandbox.Clock.GetUtcNow();

    private PaymentHistory History => ARecord.History(_host, _sandbox.Clock);

    private async Task<List<HistoryRecord>> ReadAsync(CurrentUser viewer, DateTimeOffset from, DateTimeOffset until) =>
        [.. (await History.ReadAsync(viewer, from, until, default, default).ToListAsync()).SelectMany(day => day.Records!)];

    private static async Task<List<HistoryRecord>> ReadAsync(PaymentHistory history, DateTimeOffset day, ReadSince since) =>
        [.. (await history.ReadAsync(Priya, day, day.AddDays(1), since, default).ToListAsync()).SelectMany(read => read.Records!)];

    private async Task KeepAsync(params HistoryRecord[] records)
    {
        foreach (var record in records) await HistoryExportTests.KeepAsync(_host.Maps, record);
    }
}
