using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sandbox.Sync;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Components.History;

namespace AgentPay.Web.Tests.HistoryExport;

/// <summary>Stores many payments of a day in the sandbox at once, which Sync's rate limits would not allow over HTTP.</summary>
internal static class ManyRecords
{
    /// <param name="sandbox">The services of the sandbox.</param>
    /// <param name="service">The SID of the Sync service.</param>
    /// <param name="first">When the first payment was started, UTC. Each further one is a second later.</param>
    public static void Keep(IServiceProvider sandbox, string service, DateTimeOffset first, int count)
    {
        var services = (SyncServices)sandbox.GetService(typeof(SyncServices))!;
        var write = new SyncWrite(SyncCaller.Account, first);
        var map = services.Find(service)![ObjectKind.Map].Create(
            ObjectName.New(ObjectKind.Map, HistoryRecord.MapOf(DateOnly.FromDateTime(first.UtcDateTime))), new(), write);
        foreach (var second in Enumerable.Range(0, count))
        {
            var record = ARecord.Of(ARecord.Amara, first.AddSeconds(second), amount: 1);
            var data = RawJson.Parse(JsonSerializer.SerializeToUtf8Bytes(record, SyncJson.Options));
            map.Items.Create(record.Id.ToString(), new(data), write).ShouldNotBeNull();
        }
    }
}
