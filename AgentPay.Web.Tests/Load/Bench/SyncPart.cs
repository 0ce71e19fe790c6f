using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>Counts requests to Sync, for a payment and for an hour without calls, in processes that talk to the sandbox.</summary>
internal static class SyncPart
{
    private const int Payments = 5;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(65);

    public static async Task RunAsync()
    {
        var table = new Table(
            "instances", "what", "writes: payment document", "payMap", "history", "call document and others", "reads", "throttled");
        foreach (var instances in new[] { 1, 2 })
        {
            await using var world = await LoadWorld.StartAsync(seed: 1, instances);
            // The first payment also creates the maps.
            await TakeAsync(world, PaymentDriver.Server, 1);
            await CountAsync(table, world, instances, "payment, driven by the console", Payments, () => TakeAsync(world, PaymentDriver.Server, Payments));
            await CountAsync(table, world, instances, "payment, driven by a client", Payments, () => TakeAsync(world, PaymentDriver.Client, Payments));
            await CountAsync(table, world, instances, "idle hour, not watched", Idle.TotalHours, () => Task.Delay(Idle));
        }
    }

    private static async Task TakeAsync(LoadWorld world, PaymentDriver driver, int count)
    {
        var plain = Enumerable.Range(0, 1000).Select(number => new LoadOrder(1, number)).Where(order =>
            order.Driver == driver && order is { Whim: Whim.None, Amount: > 0, Card: PaymentsLab.GoodCard });
        foreach (var order in plain.Take(count))
        {
            if (driver == PaymentDriver.Server) await new ConsoleAgent(world, order).TakePaymentAsync(CancellationToken.None);
            else await new FrontEnd(world, order, await TokenAsync(world, order)).TakePaymentAsync(CancellationToken.None);
        }
        // The last records are written after the end of the payment.
        await Task.Delay(TimeSpan.FromSeconds(1));
    }

    private static Task<string> TokenAsync(LoadWorld world, LoadOrder order) =>
        world.Http.GetStringAsync($"{world.Instances[0].Url}/load/token?agent={order.Agent}");

    private static async Task CountAsync(Table table, LoadWorld world, int instances, string what, double units, Func<Task> actAsync)
    {
        var before = await world.Control.StatsAsync("sync");
        await actAsync();
        var after = await world.Control.StatsAsync("sync");
        var pay = Writes(after, "document:pay-") - Writes(before, "document:pay-");
        var map = Writes(after, "map:payMap") - Writes(before, "map:payMap");
        var history = Writes(after, "map:history") - Writes(before, "map:history");
        double Change(string name) => after.GetProperty(name).GetInt32() - before.GetProperty(name).GetInt32();
        table.Add(
            instances, what, pay / units, map / units, history / units, (Change("writes") - pay - map - history) / units,
            Change("reads") / units, Change("throttled"));
    }

    private static int Writes(JsonElement stats, string prefix) => stats.GetProperty("objects").EnumerateObject()
        .Where(one => one.Name.StartsWith(prefix, StringComparison.Ordinal))
        .Sum(one => one.Value.GetProperty("writes").GetInt32());
}
