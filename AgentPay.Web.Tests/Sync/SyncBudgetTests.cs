using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sync;

/// <summary>The writes of one object: at most 200 in ten seconds, results of payments first.</summary>
public sealed class SyncBudgetTests
{
    private const string Map = "payMap";

    private readonly ManualClock _clock = new();
    private readonly SyncBudget _budget;

    public SyncBudgetTests() => _budget = Budgets.New(_clock);

    [Fact]
    public void Enter_UpToTheLimitAtOnce_DoesNotWaitAndKeepsTheLastForResults()
    {
        var running = Enter(SyncUrgency.Normal, 200);
        var results = Enter(SyncUrgency.Final, 30);

        running.Count(write => write.IsCompleted).ShouldBe(180);
        results.Count(write => write.IsCompleted).ShouldBe(20);
        _budget.StateOf(Map).ShouldBe(new(200, 200, 30));
    }

    [Fact]
    public void Enter_OfAnotherObject_HasABudgetOfItsOwn()
    {
        Enter(SyncUrgency.Normal, 200);

        _budget.EnterAsync("uuiMap", SyncUrgency.New, default).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Enter_WhenTheLimitIsUsed_WaitsUntilTenSecondsAfterTheAnswer()
    {
        var running = Enter(SyncUrgency.Normal, 180);
        var next = _budget.EnterAsync(Map, SyncUrgency.Normal, default);
        _clock.Advance(TimeSpan.FromSeconds(60));
        next.IsCompleted.ShouldBeFalse();

        (await running[0]).Dispose();
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        next.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        await next;
    }

    [Fact]
    public async Task Enter_WhileOthersWait_AdmitsResultsThenRunningPaymentsThenNewOnes()
    {
        var (running, results) = (Enter(SyncUrgency.Normal, 180), Enter(SyncUrgency.Final, 20));
        var started = _budget.EnterAsync(Map, SyncUrgency.New, default);
        var next = _budget.EnterAsync(Map, SyncUrgency.Normal, default);
        var result = _budget.EnterAsync(Map, SyncUrgency.Final, default);

        await FreeAsync(results[0]);
        await result.WaitAsync(TestLimit.Time);
        (next.IsCompleted, started.IsCompleted).ShouldBe((false, false));

        await FreeAsync([.. results[1..], result, running[0]]);
        await next.WaitAsync(TestLimit.Time);
        started.IsCompleted.ShouldBeFalse();

        await FreeAsync(running[1]);
        await started.WaitAsync(TestLimit.Time);
    }

    [Fact]
    public async Task Enter_Cancelled_GivesItsPlaceToTheNext()
    {
        await _budget.FillAsync(Map);
        using var leaving = new CancellationTokenSource();
        var cancelled = _budget.EnterAsync(Map, SyncUrgency.Normal, leaving.Token);
        var next = _budget.EnterAsync(Map, SyncUrgency.New, default);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        _budget.StateOf(Map).Waiting.ShouldBe(1);
        _clock.Advance(SyncBudget.Window);

        (await next).Dispose();
        _budget.StateOf(Map).ShouldBe(new(200, 1, 0));
    }

    [Fact]
    public async Task Use_WithAnotherRequest_CountsBoth()
    {
        using (var use = await _budget.EnterAsync(Map, SyncUrgency.Normal, default)) use.AddRequest();

        _budget.StateOf(Map).Used.ShouldBe(2);
    }

    [Fact]
    public async Task Limit_WhenSyncThrottles_FallsByAFifthAtMostOnceASecondAndRisesSlowly()
    {
        for (var request = 0; request < 10; request++) await AnswerAsync(isThrottled: true);
        Limit.ShouldBe(200);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Limit.ShouldBe(160);

        await AnswerAsync(isThrottled: true);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Limit.ShouldBe(128);

        // It does not rise for ten seconds.
        _clock.Advance(TimeSpan.FromSeconds(9));
        Limit.ShouldBe(128);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Limit.ShouldBe(136);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Limit.ShouldBe(200);
    }

    [Fact]
    public async Task Limit_WhenSyncThrottlesEverything_StaysAtATenth()
    {
        for (var second = 0; second < 60; second++)
        {
            await AnswerAsync(isThrottled: true);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Limit.ShouldBe(20);
    }

    [Fact]
    public async Task Limit_WhenSyncThrottlesOneOfTwenty_StaysTheSame()
    {
        for (var request = 0; request < 20; request++) await AnswerAsync(isThrottled: request == 7);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Limit.ShouldBe(200);
    }

    private int Limit => _budget.StateOf(Map).Limit;

    private async Task AnswerAsync(bool isThrottled)
    {
        using var use = await _budget.EnterAsync(Map, SyncUrgency.Final, default);
        if (isThrottled) use.Throttled();
    }

    private List<Task<SyncBudgetUse>> Enter(SyncUrgency urgency, int writes) =>
        [.. Enumerable.Range(0, writes).Select(_ => _budget.EnterAsync(Map, urgency, default))];

    /// <summary>Ends writes, and lets the time pass after which their places are free.</summary>
    private async Task FreeAsync(params IEnumerable<Task<SyncBudgetUse>> writes)
    {
        foreach (var write in writes) (await write).Dispose();
        _clock.Advance(SyncBudget.Window);
    }
}
