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
    public async Task Read_WhenSyncDoesNotAnswer_EndsWithATimeout()
    {
        await _sandbox.SetFaultsAsync(new { syncDelayMs = 60_000 });
        var reading = ReadAsync(Priya, Day, Day.AddDays(1));

        await _sandbox.Clock.TimerAsync(Timeouts.History);
        _sandbox.Clock.Advance(Timeouts.History);

        await Should.ThrowAsync<ServiceUnavailableException>(reading);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    private static CurrentUser Priya => new("id", "Priya", "priya@agentpay.example", [AgentPayRoles.Supervisor]);

    private static HistoryRecord Of(DateTimeOffset started) => ARecord.Of(ARecord.Amara, started);

    private Task<IReadOnlyList<HistoryRecord>> ReadAsync(CurrentUser viewer, DateTimeOffset from, DateTimeOffset until) =>
        ARecord.History(_host, _sandbox.Clock).ReadAsync(viewer, from, until, default);

    private async Task KeepAsync(params HistoryRecord[] records)
    {
        foreach (var record in records) await HistoryExportTests.KeepAsync(_host.Maps, record);
    }
}
