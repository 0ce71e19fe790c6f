using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Load;

/// <summary>Reads all payments, history records and <c>payMap</c> items from Sync.</summary>
internal sealed record Truth(IReadOnlyList<PaymentSession> Payments, IReadOnlyList<HistoryRecord> History,
    IReadOnlyDictionary<string, JsonElement> PayMap)
{
    public static async Task<Truth> ReadAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var maps = services.GetRequiredService<MapStore>();
        var payments = await services.GetRequiredService<PaymentStore>().ListAsync(cancellation).Select(s => s.Data)
            .ToListAsync(cancellation);
        var history = new List<HistoryRecord>();
        foreach (var day in payments.Select(HistoryRecord.MapOf).Distinct())
            history.AddRange(await maps.ListAsync<HistoryRecord>(day, cancellation).Select(s => s.Data).ToListAsync(cancellation));
        var items = await maps.ListAsync<object>(PaymentRecords.PayMap, cancellation).ToListAsync(cancellation);
        return new(payments, history, items.ToDictionary(i => i.Key, i => (JsonElement)i.Data));
    }
}
