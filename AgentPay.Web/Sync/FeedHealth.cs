namespace AgentPay.Web.Sync;

/// <summary>
/// Whether what a screen shows is up to date, for one <see cref="FeedPoller{TKey, T}"/>. The latest is in a
/// <c>LiveFeed&lt;string, FeedHealth&gt;</c> under the poller's source name, and changes only when there is something new to say.
/// </summary>
/// <param name="IsLive">False: say "updates delayed".</param>
/// <param name="LastGood">When Sync last answered, UTC, as of this snapshot; null when it has not yet.</param>
/// <param name="Problem">A sentence without its full stop; null when it is live.</param>
public sealed record FeedHealth(bool IsLive, DateTimeOffset? LastGood, string? Problem);
