namespace AgentPay.Web.Tests.Sandbox.Webhooks;

public sealed class CallbackQueueTests
{
    [Fact]
    public async Task Callbacks_OfOneLine_ArriveInTheirOrder()
    {
        await using var lab = await WebhookLab.StartAsync();

        await lab.PostAsync(9);

        lab.Numbers().ShouldBe("012345678");
    }

    [Fact]
    public async Task Callbacks_OfAnotherLine_DoNotWait()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Hang("/slow");
        _ = lab.Queue.Post("one", lab.To("/slow"));
        await lab.Owner.NextAsync();

        await lab.Queue.Post("other", lab.To("/"));

        lab.Owner.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Loss_OfACallback_IsSilentAndCounted()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Break(new() { CallbackLoss = 1 });

        await lab.PostAsync(3);

        lab.Owner.All.ShouldBeEmpty();
        lab.Stats.Callbacks.ShouldBe(new(0, 3, 0));
    }

    [Fact]
    public async Task Duplicate_OfACallback_HasTheSameTokenAndContent()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Break(new() { CallbackDuplicate = 1 });

        await lab.PostAsync(2);

        lab.Numbers().ShouldBe("0011");
        lab.Owner.All.Select(w => w.Header("I-Twilio-Idempotency-Token")).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Delay_OfACallback_IsByTheClock()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Break(new() { CallbackDelayMs = 300 });

        var posted = lab.PostAsync(1);
        await lab.Clock.TimerAsync(TimeSpan.FromMilliseconds(300));
        lab.Owner.All.ShouldBeEmpty();
        lab.Clock.Advance(TimeSpan.FromMilliseconds(300));

        await posted;
        lab.Numbers().ShouldBe("0");
    }

    [Fact]
    public async Task Reorder_OfACallback_LetsTheNextOneOvertakeIt()
    {
        await using var lab = await WebhookLab.StartAsync();
        _ = lab.PostAsync(1);
        lab.Break(new() { CallbackReorder = 1 });
        var held = lab.Queue.Post("line", lab.To("/", ("n", "held")));
        lab.Break(new());

        await Task.WhenAll(held, lab.Queue.Post("line", lab.To("/", ("n", "next"))));

        lab.Numbers().ShouldBe("0nextheld");
    }

    [Fact]
    public async Task Reorder_OfTheLastCallback_HoldsItForHalfASecond()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Break(new() { CallbackReorder = 1 });

        var held = lab.PostAsync(1);
        await lab.Clock.TimerAsync(TimeSpan.FromMilliseconds(500));
        lab.Owner.All.ShouldBeEmpty();
        lab.Clock.Advance(TimeSpan.FromMilliseconds(500));

        await held;
        lab.Numbers().ShouldBe("0");
    }

    [Fact]
    public async Task Faults_WithTheSameSeed_AreTheSame()
    {
        var first = await RunAsync(seed: 7);

        (await RunAsync(seed: 7)).ShouldBe(first);
        (await RunAsync(seed: 8)).ShouldNotBe(first);
    }

    [Fact]
    public async Task Flush_OfALine_EndsWithItsLastCallback()
    {
        await using var lab = await WebhookLab.StartAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lab.Owner.Script("/", (_, _) => release.Task);
        _ = lab.PostAsync(2);
        var flushed = lab.Queue.FlushAsync("line");

        await lab.Owner.NextAsync();
        flushed.IsCompleted.ShouldBeFalse();
        release.SetResult();

        await flushed;
        lab.Numbers().ShouldBe("01");
    }

    [Fact]
    public async Task Flush_OfALineWithNothingQueued_EndsAtOnce()
    {
        await using var lab = await WebhookLab.StartAsync();

        lab.Queue.FlushAsync("nobody").IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Reset_WithCallbacksQueued_DropsThemAndGoesOn()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Hang("/slow");
        var dropped = lab.PostAsync(3, "/slow");
        await lab.Owner.NextAsync();

        lab.Queue.Reset();
        await dropped;
        await lab.Queue.Post("line", lab.To("/", ("n", "new")));

        lab.Numbers().ShouldBe("0new");
    }

    [Fact]
    public async Task Post_AfterTheEnd_IsQuietlyDropped()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Queue.Dispose();
        lab.Queue.Dispose();

        await lab.PostAsync(1);

        lab.Owner.All.ShouldBeEmpty();
    }

    private static async Task<string> RunAsync(int seed)
    {
        await using var lab = await WebhookLab.StartAsync(seed);
        lab.Break(new() { CallbackLoss = 0.3, CallbackDuplicate = 0.3 });
        await lab.PostAsync(30);
        return lab.Numbers();
    }
}
