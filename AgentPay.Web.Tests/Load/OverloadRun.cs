using System.Globalization;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;

namespace AgentPay.Web.Tests.Load;

/// <summary>
/// Payments at half, once, twice and four times the rate that Sync sustains, without faults: the sandbox enforces Twilio's limits. Half of
/// the payments are driven by the server and half over the API, all with good cards. A caller waits a limited time for the start.
/// </summary>
/// <param name="sustained">Payments a second.</param>
/// <param name="time">How long payments arrive at each rate.</param>
internal sealed class OverloadRun(int instances, double sustained, TimeSpan time, Action<string> print)
{
    /// <summary>Of the highest rate: what the rates beyond the sustained one must reach.</summary>
    private const double LeastShare = 0.95;

    private static readonly double[] Factors = [0.5, 1, 2, 4];

    /// <summary>Before this, the payments that arrived first have not ended.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan CallerEnters = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan CallerWaits = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(90);

    private readonly List<string> _problems = [];

    /// <summary>What was found not to be so; empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        await using var world = await LoadWorld.StartAsync(seed: 1, instances);
        var results = new List<OverloadResult>();
        foreach (var factor in Factors)
        {
            results.Add(await RunAsync(world, factor));
            print(results[^1].ToString());
        }
        print(OverloadResult.Heading + string.Join('\n', results));
        print(await ObjectsAsync(world));
        var most = results.Max(result => result.PerSecond);
        foreach (var slow in results.Where(result => result.Factor > 1 && result.PerSecond < most * LeastShare))
            _problems.Add(FormattableString.Invariant(
                $"At {slow.Factor} times the rate, {slow.PerSecond:0.00} payments a second are less than 95 % of {most:0.00}"));
        foreach (var problem in _problems) print("! " + problem);
        return _problems;
    }

    private async Task<OverloadResult> RunAsync(LoadWorld world, double factor)
    {
        var (began, before) = (world.Now, await CountsAsync(world));
        var orders = new List<LoadOrder>();
        var taking = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / (sustained * factor)));
        while (world.Now < began + time)
        {
            // The seed differs, so that each rate has references of its own.
            var order = new LoadOrder((int)(factor * 10), orders.Count) 
            {
                Card = PaymentsLab.GoodCard,
                Behaviour = Behaviour.None,
                Pace = CallerEnters,
            };
            orders.Add(order);
            taking.Add(TakeAsync(world, order));
            await timer.WaitForNextTickAsync();
        }
        var ended = world.Now;
        await Task.WhenAll(taking);
        var (busy, throttled) = await CountsAsync(world);
        var found = await FaultRun.SettleAsync(world, orders.Select(order => order.Reference).ToHashSet());
        _problems.AddRange(found.Problems);
        foreach (var payment in found.Payments.Where(payment => payment.Phase != PaymentPhase.Succeeded))
            _problems.Add($"{payment.Plan.Reference} started, and ended {payment.Phase} {payment.Outcome?.Result}");
        return OverloadResult.Of(factor, orders.Count, began + WarmUp, ended, found) with { Busy = busy - before.Busy, Throttled = throttled - before.Throttled };
    }

    private async Task TakeAsync(LoadWorld world, LoadOrder order)
    {
        using var giveUp = new CancellationTokenSource(GiveUp);
        using var startBy = new CancellationTokenSource(CallerWaits);
        try
        {
            if (order.Driver == PaymentDriver.Server) await new ConsoleAgent(world, order).TakePaymentAsync(giveUp.Token, startBy.Token);
            else await new FrontEnd(world, order, await FaultRun.TokenAsync(world, order.Agent)).TakePaymentAsync(giveUp.Token, startBy.Token);
        }
        catch (Exception fault)
        {
            lock (_problems) _problems.Add($"{order.Reference}: its driver failed: {fault}");
        }
    }

    /// <summary>The objects of Sync with the most requests.</summary>
    private static async Task<string> ObjectsAsync(LoadWorld world)
    {
        var objects = (await world.Control.StatsAsync("sync")).GetProperty("objects").EnumerateObject()
            .Select(entry => (entry.Name, Reads: entry.Value.GetProperty("reads").GetInt32(), Writes: entry.Value.GetProperty("writes").GetInt32()));
        return string.Join("; ", objects.OrderByDescending(entry => entry.Reads + entry.Writes).Take(8).Select(entry => $"{entry.Name}: {entry.Reads} reads, {entry.Writes} writes"));
    }

    private static async Task<(int Busy, int Throttled)> CountsAsync(LoadWorld world) =>
        (world.Busy, (await world.Control.StatsAsync("sync")).GetProperty("throttled").GetInt32());
}

/// <summary>One rate of the run.</summary>
internal sealed record OverloadResult(double Factor, int Orders, double OrdersPerSecond, int Started, double PerSecond, double HalfTook, double MostTook, int Problems)
{
    public const string Heading = """

        | rate | payments wanted a second | wanted, started | paid a second | seconds from start to end: half of them, 95 of 100 | starts refused as busy | Sync: refused with 429 | lost, doubled or stuck |
        |---|---|---|---|---|---|---|---|

        """;

    public int Busy { get; init; }

    public int Throttled { get; init; }

    /// <param name="from">Payments that ended from then on are counted.</param>
    public static OverloadResult Of(double factor, int orders, DateTimeOffset from, DateTimeOffset until, Findings found)
    {
        var paid = found.Payments.Where(payment => payment.Phase == PaymentPhase.Succeeded).ToList();
        var took = paid.Select(payment => (payment.PhaseSince - payment.StartedAt).TotalSeconds).Order().ToList();
        var inTime = paid.Count(payment => payment.PhaseSince >= from && payment.PhaseSince < until);
        double Took(double share) => took.ElementAtOrDefault((int)((took.Count - 1) * share));
        return new(
            factor, orders, orders / (until - from + TimeSpan.FromSeconds(15)).TotalSeconds, found.Payments.Count,
            inTime / (until - from).TotalSeconds, Took(0.5), Took(0.95), found.Problems.Count);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Factor} | {OrdersPerSecond:0.0} | {Orders}, {Started} | {PerSecond:0.00} | {HalfTook:0.0}, {MostTook:0.0} | {Busy} | {Throttled} | {Problems} |");
}
