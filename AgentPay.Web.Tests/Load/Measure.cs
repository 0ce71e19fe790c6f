using System.Globalization;

namespace AgentPay.Web.Tests.Load;

/// <summary>The memory and descriptors of a surviving instance at rest.</summary>
/// <param name="Heap">Bytes in use.</param>
/// <param name="Resident">Bytes of memory.</param>
internal sealed record Measure(long Heap, long Resident, (int Sockets, int Others) Descriptors)
{
    private const double MostGrowth = 1.5;

    private const int SpareSockets = 10;

    /// <summary>Assemblies that are loaded only when they are needed first.</summary>
    private const int SpareFiles = 60;

    private const long SpareBytes = 32 << 20;

    /// <summary>From the round before the last to the last, between which the instance was not restarted.</summary>
    /// <param name="hasRested">Whether unused connections have been closed since.</param>
    public static IEnumerable<string> Leaks(IReadOnlyList<Measure> measures, bool hasRested)
    {
        if (measures.Count < 2) yield break;
        var (before, after) = (measures[^2], measures[^1]);
        if (after.Heap > (before.Heap * MostGrowth) + SpareBytes) yield return $"The heap has grown: {before} to {after}";
        if (after.Resident > (before.Resident * MostGrowth) + SpareBytes) yield return $"Memory has grown: {before} to {after}";
        if (after.Descriptors.Others > before.Descriptors.Others + SpareFiles)
            yield return $"File descriptors have grown: {before} to {after}";
        if (hasRested && after.Descriptors.Sockets > before.Descriptors.Sockets + SpareSockets)
            yield return $"Sockets have grown: {before} to {after}";
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Heap >> 20} MB, {Resident >> 20} MB, {Descriptors.Sockets} + {Descriptors.Others}");
}
