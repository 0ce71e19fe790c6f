using AgentPay.Web.Sync;

namespace AgentPay.Web.Tests.Sync;

public sealed class PriorityGateTests
{
    [Fact]
    public async Task Enter_WhenFull_LetsInByRankAndThenByAge()
    {
        var gate = new PriorityGate(1);
        var order = new List<string>();
        var holder = await gate.EnterAsync(1, default);
        Task[] waiting = [PassAsync(gate, 1, "n1", order), PassAsync(gate, 1, "n2", order), PassAsync(gate, 0, "f1", order),
            PassAsync(gate, 0, "f2", order)];

        holder.Dispose();
        await Task.WhenAll(waiting);

        order.ShouldBe(["f1", "f2", "n1", "n2"]);
    }

    [Fact]
    public async Task Enter_WithPlacesKeptForTheFirst_LeavesThemFree()
    {
        var gate = new PriorityGate(3, reserved: 1);
        await gate.EnterAsync(1, default);
        await gate.EnterAsync(1, default);

        var normal = gate.EnterAsync(1, default);
        var final = gate.EnterAsync(0, default);

        final.IsCompletedSuccessfully.ShouldBeTrue();
        normal.IsCompleted.ShouldBeFalse();
        (await final).Dispose();
        normal.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Enter_GivenUp_TakesNoPlace()
    {
        var gate = new PriorityGate(1);
        using var cancellation = new CancellationTokenSource();
        var holder = await gate.EnterAsync(0, default);
        var givenUp = gate.EnterAsync(0, cancellation.Token);
        var next = gate.EnterAsync(1, default);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(givenUp);
        holder.Dispose();

        (await next).ShouldNotBeNull();
    }

    [Fact]
    public async Task Dispose_Twice_FreesOnePlace()
    {
        var gate = new PriorityGate(1);
        var holder = await gate.EnterAsync(0, default);
        holder.Dispose();
        holder.Dispose();

        await gate.EnterAsync(0, default);

        gate.EnterAsync(0, default).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Enter_FromManyThreadsWithCancellations_NeverExceedsThePlacesAndLeaksNone()
    {
        var gate = new PriorityGate(4, reserved: 1);
        var (inside, most) = (0, 0);
        await Parallel.ForAsync(0, 2000, async (number, _) =>
        {
            using var cancellation = new CancellationTokenSource();
            var entering = gate.EnterAsync(number % 3, cancellation.Token);
            if (number % 5 == 0) await cancellation.CancelAsync();
            if (await WasLetInAsync(entering) is not { } holder) return;
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            holder.Dispose();
        });

        most.ShouldBeLessThanOrEqualTo(4);
        for (var place = 0; place < 4; place++) gate.EnterAsync(0, default).IsCompletedSuccessfully.ShouldBeTrue();
        gate.EnterAsync(0, default).IsCompleted.ShouldBeFalse();
    }

    private static async Task PassAsync(PriorityGate gate, int rank, string name, List<string> order)
    {
        using var turn = await gate.EnterAsync(rank, default);
        order.Add(name);
    }

    private static async Task<IDisposable?> WasLetInAsync(Task<IDisposable> entering)
    {
        try
        {
            return await entering;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
