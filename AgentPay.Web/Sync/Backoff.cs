namespace AgentPay.Web.Sync;

/// <summary>Exponential backoff for background work: 1 to 8 seconds, reduced by up to half as jitter between instances.</summary>
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
