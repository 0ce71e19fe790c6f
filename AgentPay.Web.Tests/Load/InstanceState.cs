using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Load;

/// <summary>Counts of one AgentPay process after a garbage collection.</summary>
/// <param name="Readers">Of live payments: screens that watch.</param>
/// <param name="InFlight">Payments that it attends to.</param>
/// <param name="Owed">Payments of which records are still to be written.</param>
/// <param name="Backlog">Callbacks that Sync has not taken yet.</param>
/// <param name="Heap">Bytes that are in use.</param>
internal sealed record InstanceState(int Readers, int InFlight, int Owed, int Backlog, long Heap)
{
    public static InstanceState Of(IServiceProvider services)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return new(
            services.GetRequiredService<LiveFeed<PaymentId, PaymentSession>>().Readers,
            services.GetRequiredService<PaymentStore>().InFlight.Count(),
            services.GetRequiredService<PaymentRecords>().Count,
            services.GetRequiredService<Outbox>().Count(PaymentStore.OutboxKind),
            GC.GetTotalMemory(forceFullCollection: true));
    }
}
