using System.Globalization;

namespace AgentPay.Web.Sandbox.Webhooks;

// Timeouts and retries of one webhook, set in the fragment of its URL in milliseconds:
// twilio.com/docs/usage/webhooks/webhooks-connection-overrides.
public sealed record ConnectionOverrides
{
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromMilliseconds(5000);
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromMilliseconds(15000);
    public TimeSpan TotalTime { get; init; } = TimeSpan.FromMilliseconds(15000);
    public int RetryCount { get; init; } = 1;
    public IReadOnlySet<string> RetryPolicy { get; init; } = new HashSet<string> { "ct" };

    private static readonly HashSet<string> Policies = ["4xx", "5xx", "ct", "rt", "all"];

    /// <summary>Returns false with Twilio's error code if an override is unknown (11240) or out of range (11241, 11243).</summary>
    public static bool TryParse(string fragment, out ConnectionOverrides overrides, out int errorCode)
    {
        overrides = new();
        errorCode = 0;
        foreach (var pair in fragment.TrimStart('#').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split('=', 2) is [var k, var v] ? (k, Uri.UnescapeDataString(v)) : (pair, "");
            errorCode = Apply(ref overrides, key, value);
            if (errorCode != 0) return false;
        }
        return true;
    }

    /// <summary>Whether an attempt with this outcome (<c>ct</c>, <c>rt</c>, <c>4xx</c>, <c>5xx</c>) is retried.</summary>
    public bool Retries(string outcome) => RetryPolicy.Contains(outcome) || RetryPolicy.Contains("all");

    private static int Apply(ref ConnectionOverrides overrides, string key, string value)
    {
        switch (key)
        {
            case "ct" when Milliseconds(value, 100, 10_000) is { } connect:
                overrides = overrides with { ConnectTimeout = connect };
                return 0;
            case "rt" when Milliseconds(value, 100, 15_000) is { } read:
                overrides = overrides with { ReadTimeout = read };
                return 0;
            case "tt" when Milliseconds(value, 100, 15_000) is { } total:
                overrides = overrides with { TotalTime = total };
                return 0;
            case "rc" when Number(value) is >= 0 and <= 5:
                overrides = overrides with { RetryCount = Number(value)!.Value };
                return 0;
            case "rp" when value.Split(',') is var policies && Array.TrueForAll(policies, Policies.Contains):
                overrides = overrides with { RetryPolicy = policies.ToHashSet() };
                return 0;
            case "rp":
                return 11243;
            case "ct" or "rt" or "tt" or "rc":
                return 11241;
            case "e" or "sni":
                return 0;
            default:
                return 11240;
        }
    }

    private static TimeSpan? Milliseconds(string value, int min, int max) =>
        Number(value) is { } number && number >= min && number <= max ? TimeSpan.FromMilliseconds(number) : null;

    private static int? Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
