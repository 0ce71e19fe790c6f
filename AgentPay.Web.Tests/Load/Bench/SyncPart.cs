using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>Counts requests to Sync, for a payment and for an hour without calls, in processes that talk to the sandbox.</summary>
internal static class SyncPart
{
    private const int Payments = 5;

    // About two of the intervals at which an instance lists all documents.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(122);

    private static int _orders;

    public static async Task RunAsync(Aims aims)
    {
        var table = new Table(
            "instances", "what", "writes: payment document", "payMap", "history", "call document and others", "reads", "throttled");
        await using var one = await LoadWorld.StartAsync(seed: 1, instances: 1);
        await using var two = await LoadWorld.StartAsync(seed: 1, instances: 2);
        await using var watched = await LoadWorld.StartAsync(seed: 1, instances: 1);
        using var screen = await watched.Http.GetAsync($"{watched.Instances[0].Url}/load/calls", HttpCompletionOption.ResponseHeadersRead);
        var idle = await Task.WhenAll(
            CountAsync(table, one, "idle hour, not watched", Idle.TotalHours, () => Task.Delay(Idle)),
            CountAsync(table, two, "idle hour, not watched", Idle.TotalHours, () => Task.Delay(Idle)),
            CountAsync(table, watched, "idle hour, the list of calls open", Idle.TotalHours, () => Task.Delay(Idle)));
        aims.AtMost("requests to Sync in an idle hour, one instance", 0, idle[0].Reads + idle[0].Others);
        aims.AtMost("requests to Sync in an idle hour, two instances", 0, idle[1].Reads + idle[1].Others);
        foreach (var world in new[] { one, two })
        {
            // The first payment also creates the maps.
            await TakeAsync(world, PaymentDriver.Server, 1);
            Task<Counts> CountDriverAsync(string what, PaymentDriver driver) =>
                CountAsync(table, world, what, Payments, () => TakeAsync(world, driver, Payments));
            var console = await CountDriverAsync("payment, driven by the console", PaymentDriver.Server);
            var client = await CountDriverAsync("payment, driven by a client", PaymentDriver.Client);
            AddAims(aims, world.Instances.Count, console, client);
        }
    }

    private static void AddAims(Aims aims, int instances, Counts console, Counts client)
    {
        var on = instances == 1 ? "one instance" : "two instances";
        aims.AtMost($"document writes of a payment, {on}", 8, Math.Max(console.Documents, client.Documents));
        aims.AtMost($"payMap writes, driven by the console, {on}", 2, console.PayMap);
        aims.AtMost($"payMap writes, driven by a client, {on}", 6, client.PayMap);
        aims.AtMost($"history writes of a payment, {on}", 1, Math.Max(console.History, client.History));
        aims.AtMost($"reads of a payment, {on}", 0, Math.Max(console.Reads, client.Reads));
    }

    private static async Task TakeAsync(LoadWorld world, PaymentDriver driver, int count)
    {
        for (var taken = 0; taken < count;)
        {
            // A number is not used twice: a second payment with its reference would be refused as a duplicate.
            var order = new LoadOrder(1, _orders++);
            if (order.Driver != driver || order is not { Behaviour: Behaviour.None, Amount: > 0, Card: PaymentsLab.GoodCard }) continue;
            taken++;
            if (driver == PaymentDriver.Server) await new ConsoleAgent(world, order).TakePaymentAsync(CancellationToken.None);
            else await new FrontEnd(world, order, await TokenAsync(world, order)).TakePaymentAsync(CancellationToken.None);
        }
        // The last records are written after the end of the payment.
        await Task.Delay(TimeSpan.FromSeconds(1));
    }

    private static Task<string> TokenAsync(LoadWorld world, LoadOrder order) =>
        world.Http.GetStringAsync($"{world.Instances[0].Url}/load/token?agent={order.Agent}");

    private static async Task<Counts> CountAsync(Table table, LoadWorld world, string what, double units, Func<Task> actAsync)
    {
        var before = await world.Control.StatsAsync("sync");
        await actAsync();
        var after = await world.Control.StatsAsync("sync");
        double Objects(string prefix) => (Writes(after, prefix) - Writes(before, prefix)) / units;
        double Change(string name) => (after.GetProperty(name).GetInt32() - before.GetProperty(name).GetInt32()) / units;
        var (documents, map, history) = (Objects("document:pay-"), Objects("map:payMap"), Objects("map:history"));
        var counts = new Counts(documents, map, history, Change("writes") - documents - map - history, Change("reads"));
        table.Add(world.Instances.Count, what, documents, map, history, counts.Others, counts.Reads, Change("throttled") * units);
        return counts;
    }

    private static int Writes(JsonElement stats, string prefix) => stats.GetProperty("objects").EnumerateObject()
        .Where(one => one.Name.StartsWith(prefix, StringComparison.Ordinal))
        .Sum(one => one.Value.GetProperty("writes").GetInt32());

    /// <summary>Writes of each kind, and reads: of a payment, or in an hour.</summary>
    private sealed record Counts(double Documents, double PayMap, double History, double Others, double Reads);
}
