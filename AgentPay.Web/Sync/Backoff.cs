namespace AgentPay.Web.Sync;

/// <summary>
/// How long background work waits after failures in a row: doubling from one second to eight, less up to half, so that instances spread
/// out.
/// </summary>
internal static class Backoff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    public static TimeSpan After(int failures)
    {
        var whole = Math.Min(First.TotalSeconds * Math.Pow(2, failures - 1), Longest.TotalSeconds);
        return TimeSpan.FromSeconds(whole * (1 - (Random.Shared.NextDouble() / 2)));
    }
}
