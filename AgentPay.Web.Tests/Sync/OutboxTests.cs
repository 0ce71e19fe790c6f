using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Sync;

public sealed class OutboxTests : IDisposable
{
    private static readonly OutboxKey Key = new("thing", "a");
    private static readonly TwilioException Down = new("Sync cannot be reached");

    private readonly WatchedClock _clock = new(new ManualClock());
    private readonly LogLines _log = new();
    private readonly ILoggerFactory _logging;
    private readonly Outbox _outbox;

    public OutboxTests()
    {
        _logging = LoggerFactory.Create(builder => builder.AddProvider(_log));
        _outbox = new(_clock, _logging.CreateLogger<Outbox>());
    }

    [Fact]
    public async Task Enqueue_WorkThatFails_IsRetriedUntilItSucceeds()
    {
        var tries = 0;
        _outbox.Enqueue(Key, Work(() => ++tries < 4 ? throw Down : Task.CompletedTask));

        for (var failures = 1; failures < 4; failures++) _clock.Advance(await _clock.ArmedAsync(ProvisioningTests.IsBackoff(failures)));
        await _outbox.WhenDoneAsync("thing");

        tries.ShouldBe(4);
        _log.All.ShouldContain("Warning: Storing thing a failed at attempt 3, retrying: Sync cannot be reached");
    }

    [Fact]
    public async Task Enqueue_UnderTheSameKey_RunsInOrderAndOneAtATime()
    {
        var (running, order) = (0, new List<int>());
        var gates = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        _outbox.Enqueue(Key, Work(() => RunAsync(0)));
        await UntilAsync(() => running == 1);

        _outbox.Enqueue(Key, Work(() => RunAsync(1)));
        gates[1].SetResult();
        order.ShouldBeEmpty();
        gates[0].SetResult();
        await _outbox.WhenDoneAsync("thing");

        order.ShouldBe([0, 1]);

        async Task RunAsync(int number)
        {
            Interlocked.Increment(ref running).ShouldBe(1);
            await gates[number].Task;
            order.Add(number);
            Interlocked.Decrement(ref running);
        }
    }

    [Fact]
    public async Task Enqueue_WhileAnotherKeyHangs_RunsAtOnce()
    {
        var hanging = new TaskCompletionSource();
        _outbox.Enqueue(Key, Work(() => hanging.Task));
        var ran = new TaskCompletionSource();

        _outbox.Enqueue(new("other", "b"), Work(() => { ran.SetResult(); return Task.CompletedTask; }));

        await ran.Task.WaitAsync(TestLimit.Time);
        _outbox.Count("thing").ShouldBe(1);
        hanging.SetResult();
    }

    [Fact]
    public async Task Enqueue_WhileTheWorkWaits_TriesAtOnce()
    {
        _outbox.Enqueue(Key, Work(() => throw Down));
        await _clock.ArmedAsync(ProvisioningTests.IsBackoff(1));

        _outbox.Enqueue(Key, Work(() => Task.CompletedTask));

        await _outbox.WhenDoneAsync("thing").WaitAsync(TestLimit.Time);
    }

    [Fact]
    public async Task EnqueueOnce_WhileTheSameRuns_DoesNotRunItAgain()
    {
        var (runs, gate) = (0, new TaskCompletionSource());
        for (var number = 0; number < 3; number++)
        {
            _outbox.EnqueueOnce(Key, Work(() =>
            {
                Interlocked.Increment(ref runs);
                return gate.Task;
            }));
        }

        gate.SetResult();
        await _outbox.WhenDoneAsync("thing");

        runs.ShouldBe(1);
    }

    [Fact]
    public async Task Enqueue_OfPacedWork_RunsTheLatestOnceThePaceIsOver()
    {
        var (pace, ran) = (TimeSpan.FromMilliseconds(500), new List<int>());
        for (var number = 0; number < 3; number++)
        {
            var mine = number;
            _outbox.Enqueue(Key, Work(() => { ran.Add(mine); return Task.CompletedTask; }) with { Pace = pace });
            if (number == 0) await _clock.ArmedAsync(pace.Equals);
        }
        ran.ShouldBe([0]);

        await _clock.ReachAsync(pace);
        await _clock.ReachAsync(pace);
        await _outbox.WhenDoneAsync("thing");

        ran.ShouldBe([0, 2]);
    }

    [Fact]
    public async Task WhenTried_OfWorkThatFails_EndsWithTheFirstTry()
    {
        var mayFail = new TaskCompletionSource();
        _outbox.Enqueue(Key, Work(async () =>
        {
            await mayFail.Task;
            throw Down;
        }));
        var tried = _outbox.WhenTriedAsync(Key);

        mayFail.SetResult();
        await tried.WaitAsync(TestLimit.Time);

        _outbox.Count("thing").ShouldBe(1);
        await _outbox.WhenTriedAsync(new("thing", "none"));
    }

    [Fact]
    public async Task Retry_TriesWhatWaits()
    {
        var isDown = true;
        _outbox.Enqueue(Key, Work(() => isDown ? throw Down : Task.CompletedTask));
        await _clock.ArmedAsync(ProvisioningTests.IsBackoff(1));
        await _outbox.RetryAsync("thing");
        _outbox.Count("thing").ShouldBe(1);

        isDown = false;
        await _outbox.RetryAsync("thing");

        _outbox.Count("thing").ShouldBe(0);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    public async Task Work_ThatSyncRefusesForGood_IsGivenUp(int status)
    {
        var given = new TaskCompletionSource();
        _outbox.Enqueue(Key, Work(() => throw new TwilioException("Refused") { Status = (System.Net.HttpStatusCode)status })
            with { GivenUp = given.SetResult });

        await given.Task.WaitAsync(TestLimit.Time);

        _log.All.ShouldContain("Error: Storing thing a failed and is not retried: Refused");
    }

    [Fact]
    public async Task Work_ThatFailsForItsLifetime_IsGivenUp()
    {
        var given = new TaskCompletionSource();
        _outbox.Enqueue(Key, Work(() => throw Down) with { Lifetime = TimeSpan.FromHours(1), GivenUp = given.SetResult });
        await _clock.ArmedAsync(ProvisioningTests.IsBackoff(1));

        _clock.Advance(TimeSpan.FromHours(1));
        // The second try may begin while the clock is still on its way to the end of the hour.
        await Task.WhenAny(given.Task, _clock.ArmedAsync(ProvisioningTests.IsBackoff(2)));
        _clock.Advance(TimeSpan.FromHours(1));

        await given.Task.WaitAsync(TestLimit.Time);
        await _outbox.WhenDoneAsync("thing");
    }

    [Fact]
    public void Enqueue_OfMoreThanItHolds_IsRefused()
    {
        var never = new TaskCompletionSource();
        for (var number = 0; number < Outbox.Capacity; number++)
            _outbox.Enqueue(new("thing", $"{number}"), Work(() => never.Task)).ShouldBeTrue();

        _outbox.Enqueue(Key, Work(() => never.Task)).ShouldBeFalse();

        _log.All.ShouldContain($"Error: Storing thing a was not queued: the outbox holds {Outbox.Capacity} entries already");
        never.SetResult();
    }

    [Fact]
    public async Task Stop_TriesEverythingOnceMoreAndWhatIsQueuedMeanwhile()
    {
        var (isDown, followed) = (true, false);
        _outbox.Enqueue(Key, Work(() => isDown ? throw Down : QueueAnother()));
        await _clock.ArmedAsync(ProvisioningTests.IsBackoff(1));
        isDown = false;

        await _outbox.StopAsync(default).WaitAsync(TestLimit.Time);

        followed.ShouldBeTrue();
        _outbox.Count("thing").ShouldBe(0);

        Task QueueAnother()
        {
            _outbox.Enqueue(new("thing", "b"), Work(() => { followed = true; return Task.CompletedTask; }));
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Stop_WhileSyncIsDown_GivesUpAfterOneTry()
    {
        var given = false;
        _outbox.Enqueue(Key, Work(() => throw Down) with { GivenUp = () => given = true });
        await _clock.ArmedAsync(ProvisioningTests.IsBackoff(1));

        await _outbox.StopAsync(default).WaitAsync(TestLimit.Time);

        given.ShouldBeTrue();
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _logging.Dispose();
    }

    private static OutboxWork Work(Func<Task> run) => new(_ => run()) { Name = "Storing thing a" };

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds()) await Task.Yield();
    }
}
