using System.Runtime;

namespace AgentPay.Web.Tests.Load;

/// <summary>What a process has used. The load processes answer it at <c>/load/usage</c>.</summary>
/// <param name="Heap">Bytes in use; without garbage if it was collected.</param>
/// <param name="Allocated">Bytes since the start.</param>
/// <param name="Processor">Time of all cores since the start.</param>
internal sealed record ServerUsage(long Heap, long Allocated, TimeSpan Processor)
{
    public static ServerUsage operator -(ServerUsage after, ServerUsage before) =>
        new(after.Heap - before.Heap, after.Allocated - before.Allocated, after.Processor - before.Processor);

    public static ServerUsage Read(bool collects)
    {
        if (collects)
        {
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return new(GC.GetTotalMemory(forceFullCollection: collects), GC.GetTotalAllocatedBytes(precise: true),
            Environment.CpuUsage.TotalTime);
    }
}
