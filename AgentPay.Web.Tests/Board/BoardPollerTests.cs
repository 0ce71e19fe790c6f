using AgentPay.Web.Board;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Board;

/// <summary>The board of one instance, while another takes the payments.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class BoardPollerTests : IAsyncLifetime
{
    private readonly PaymentsLab _lab = new();
    private readonly CancellationTokenSource _leaving = new();
    private PaymentsHost _told = null!;
    private PaymentsHost _watched = null!;
    private IAsyncEnumerator<BoardSnapshot> _screen = null!;

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _told = await _lab.StartInstanceAsync();
        _watched = await PaymentsHost.StartAsync(_lab.Sandbox, polls: true);
        _screen = _watched.Service<LiveFeed<string, BoardSnapshot>>().WatchAsync(BoardSnapshot.Key, _leaving.Token).GetAsyncEnumerator();
    }

    public async Task DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _watched.DisposeAsync();
        await _lab.DisposeAsync();
        _leaving.Dispose();
    }

    [Fact]
    public async Task Board_PaymentOnAnotherInstance_ShowsItsPhasesAndCountsItsResult()
    {
        var call = await _lab.CallAsync();
        var payment = await _told.StartPaymentAsync(call);
        (await UntilAsync(board => RowOf(board, payment) is { IsOver: false })).Rows.Single().Payment!.Agent.ShouldBe("maria");

        await _lab.EnterCardAsync(_told, call, payment.Id);
        await UntilAsync(board => RowOf(board, payment)?.Phase == PaymentPhase.Ready);
        await _told.Desk.SubmitAsync("maria", payment.Id, default);
        await _told.UntilAsync(payment.Id, session => session.IsOver);

        var over = await UntilAsync(board => board.Results is { Count: 1 });
        over.Results!.Single().ShouldBe(BoardResult.Of(BoardPayment.Of((await _told.Flow.RefreshAsync(payment.Id, default))!)));
    }

    [Fact]
    public async Task Board_ManyScreens_ReadSyncOnceForAll()
    {
        var feed = _watched.Service<LiveFeed<string, BoardSnapshot>>();
        var others = Enumerable.Range(0, 5).Select(_ => feed.WatchAsync(BoardSnapshot.Key, _leaving.Token).GetAsyncEnumerator()).ToList();
        await Task.WhenAll(others.Prepend(_screen).Select(async screen => await _lab.PumpAsync(screen.MoveNextAsync().AsTask())));
        await _lab.PumpAsync(Task.Delay(TimeSpan.FromSeconds(3), _lab.Clock));
        var before = await ReadsAsync();

        await _lab.PumpAsync(Task.Delay(TimeSpan.FromSeconds(30), _lab.Clock));

        // One list of documents every three seconds, and at most three of the sweeps of the two instances.
        ((await ReadsAsync()) - before).ShouldBeInRange(9, 14);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(299, 3)]
    [InlineData(300, 3.5)]
    [InlineData(900, 9.5)]
    public void Interval_ManyPayments_LimitsTheReadsToTwoASecond(int payments, double seconds) =>
        BoardPoller.IntervalFor(payments, TimeSpan.FromSeconds(3)).ShouldBe(TimeSpan.FromSeconds(seconds));

    private static BoardPayment? RowOf(BoardSnapshot board, PaymentSession payment) =>
        board.Rows.FirstOrDefault(row => row.Payment?.Id == payment.Id)?.Payment;

    private async Task<BoardSnapshot> UntilAsync(Func<BoardSnapshot, bool> isWanted)
    {
        do await _lab.PumpAsync(_screen.MoveNextAsync().AsTask());
        while (!isWanted(_screen.Current));
        return _screen.Current;
    }

    private async Task<int> ReadsAsync() => (await _lab.StatsAsync()).GetProperty("sync").GetProperty("reads").GetInt32();
}
