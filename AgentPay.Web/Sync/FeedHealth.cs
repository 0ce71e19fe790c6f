namespace AgentPay.Web.Sync;

/// <summary>
/// Says whether the screens of one <see cref="FeedPoller{TKey, T}"/> are up to date. Published in a
/// <c>LiveFeed&lt;string, FeedHealth&gt;</c> under the poller's source name when <c>IsLive</c> or <c>Problem</c> changes.
/// </summary>
/// <param name="IsLive">False when screens must show "Updates delayed".</param>
/// <param name="LastGood">Time of the last successful poll before this snapshot, UTC; null before the first.</param>
/// <param name="Problem">A sentence without a full stop; null while updates are live.</param>
public sealed record FeedHealth(bool IsLive, DateTimeOffset? LastGood, string? Problem);
