using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Sync;

[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class SyncWriterTests
{
    private readonly WatchedClock _clock = new(new ManualClock());
    private readonly SyncWriter _writer;

    public SyncWriterTests() => _writer = new(Budgets.New(_clock), _clock);

    [Fact]
    public async Task Run_OfAFinalWriteWhileManyNormalOnesHang_GoesThroughAtOnce()
    {
        var hanging = new TaskCompletionSource<int>();
        var normal = Enumerable.Range(0, 100).Select(_ => _writer.RunAsync(null, SyncUrgency.Normal, _ => hanging.Task, default)).ToList();

        (await _writer.RunAsync(null, SyncUrgency.Final, _ => Task.FromResult(7), default)).ShouldBe(7);

        normal.ShouldAllBe(write => !write.IsCompleted);
        hanging.SetResult(1);
        await Task.WhenAll(normal);
    }

    [Fact]
    public async Task Run_OfANormalWriteWhileManyNewOnesWait_IsNext()
    {
        // Far more than may be sent at once.
        var slow = Enumerable.Range(0, 100).Select(_ => new TaskCompletionSource<int>()).ToList();
        var sent = 0;
        var calls = slow.Select(write => _writer.RunAsync(null, SyncUrgency.New, _ =>
        {
            sent++;
            return write.Task;
        }, default)).ToList();
        var sentAtOnce = sent;

        var payment = _writer.RunAsync(null, SyncUrgency.Normal, _ => Task.FromResult(sent), default);
        slow[0].SetResult(1);

        (await payment).ShouldBe(sentAtOnce);
        foreach (var write in slow.Skip(1)) write.SetResult(1);
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Run_Cancelled_IsCancelledAndNotAFailureOfSync()
    {
        using var leaving = new CancellationTokenSource();
        var hanging = new TaskCompletionSource<int>();
        var write = _writer.RunAsync(null, SyncUrgency.Normal, attempt => hanging.Task.WaitAsync(attempt.Cancellation), leaving.Token);

        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(write);
    }

    [Fact]
    public async Task Run_AfterATryWithoutAClearAnswer_SaysThatItMayBeDone()
    {
        var tries = new List<bool>();
        Exception[] faults = [Refused(429, false), Refused(503, true), Refused(429, false)];

        await _clock.DriveAsync(_writer.RunAsync(null, SyncUrgency.Normal, attempt =>
        {
            tries.Add(attempt.MayBeDone);
            return tries.Count <= faults.Length ? throw faults[tries.Count - 1] : Task.FromResult(0);
        }, default));

        tries.ShouldBe([false, false, true, true]);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(413)]
    public async Task Run_RefusedForAReason_IsTriedOnce(int status)
    {
        var tries = 0;

        await Should.ThrowAsync<TwilioException>(
            _writer.RunAsync<int>(null, SyncUrgency.Normal, _ => ++tries > 0 ? throw Refused(status, false) : null!, default));

        tries.ShouldBe(1);
    }

    [Fact]
    public async Task Run_WhileTheBudgetOfAnotherObjectIsUsedUp_IsNotDelayed()
    {
        var full = Enumerable.Range(0, 300).Select(_ => _writer.RunAsync("things", SyncUrgency.Normal, _ => Task.FromResult(1), default))
            .ToList();

        (await _writer.RunAsync("others", SyncUrgency.Normal, _ => Task.FromResult(7), default)).ShouldBe(7);
        (await _writer.RunAsync(null, SyncUrgency.Normal, _ => Task.FromResult(8), default)).ShouldBe(8);

        full.Count(write => !write.IsCompleted).ShouldBe(120);
    }

    private static TwilioException Refused(int status, bool isAmbiguous) =>
        new("POST … was refused") { Status = (System.Net.HttpStatusCode)status, IsAmbiguous = isAmbiguous };
}
