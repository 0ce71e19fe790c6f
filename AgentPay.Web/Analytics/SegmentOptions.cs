namespace AgentPay.Web.Analytics;

/// <summary>The section <c>Segment</c> of the configuration. Text is trimmed, and empty text counts as missing.</summary>
public sealed class SegmentOptions
{
    public const string Section = "Segment";
    public const string DefaultBaseUrl = "https://api.segment.io/v1";

    /// <summary>Of the source that the events belong to. Missing means that nothing is reported.</summary>
    public string? WriteKey { get; set; }

    /// <summary>Workspaces in the EU have an address of their own. Without a trailing slash once the options have been read.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>The longest that an event waits for others to travel with.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many events travel together at most.</summary>
    public int BatchSize { get; set; } = 100;

    internal void Sanitise()
    {
        WriteKey = Clean(WriteKey);
        BaseUrl = Clean(BaseUrl)?.TrimEnd('/') ?? DefaultBaseUrl;
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
