namespace AgentPay.Web.Sync;

/// <summary>The section <c>Sync</c>: which service holds AgentPay's state, how long things live there, and how often they are looked at.</summary>
public sealed class SyncOptions
{
    public const string Section = "Sync";

    /// <summary>The service to use; empty means that the one named <see cref="ServiceName"/> is found or created.</summary>
    public string? ServiceSid { get; set; }

    public string ServiceName { get; set; } = "AgentAssistedPaySync";

    /// <summary>How long calls and payments are kept while nothing ends them.</summary>
    public TimeSpan ItemTtl { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long they are kept after their end.</summary>
    public TimeSpan EndedTtl { get; set; } = TimeSpan.FromMinutes(15);

    public TimeSpan HistoryTtl { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often a watched payment in flight is read: it shows what other instances have done.</summary>
    public TimeSpan BusyPoll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the call list is read while somebody looks at it, and a payment in which nothing happens.</summary>
    public TimeSpan IdlePoll { get; set; } = TimeSpan.FromSeconds(3);
}
