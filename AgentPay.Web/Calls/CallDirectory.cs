using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>
/// Finds and changes calls with customers, by UUI and by leg. Webhooks of this instance are shown at once, even while Sync is down.
/// Changes by other instances are read from Sync.
/// </summary>
public sealed class CallDirectory
{
    /// <summary>The only key of the <see cref="LiveFeed{TKey,T}"/> of <see cref="CallList"/>.</summary>
    public const string ListKey = "calls";

    // How long the local copy of a call is used before it is read again.
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly CallStore _store;
    private readonly CallLists _lists;
    private readonly LiveFeed<string, CallList> _feed;
    private readonly TimeProvider _clock;

    internal CallDirectory(CallStore store, CallLists lists, LiveFeed<string, CallList> feed, TimeProvider clock) =>
        (_store, _lists, _feed, _clock) = (store, lists, feed, clock);

    /// <summary>True while at least one screen shows the list.</summary>
    public bool IsWatched => _feed.IsWatched(ListKey);

    /// <summary>The calls in memory. Does not read Sync.</summary>
    public CallList Snapshot => _lists.Snapshot();

    /// <summary>Reads all calls from Sync and publishes them to the screens that show the list.</summary>
    /// <exception cref="ServiceUnavailableException">Sync is not available.</exception>
    public async Task<CallList> RefreshAsync(CancellationToken cancellation)
    {
        await _store.ReadAllAsync(cancellation);
        return _lists.Publish();
    }

    /// <summary>Finds the call with this UUI. Prefers a call in progress to one that has ended. Null when there is none.</summary>
    /// <inheritdoc cref="RefreshAsync" path="/exception"/>
    public async Task<Call?> FindAsync(string uui, CancellationToken cancellation)
    {
        if (Uui.Clean(uui) is not { } key || await FindItemAsync(key, cancellation) is not { } call) return null;
        if (!call.HasEnded) return call;
        foreach (var leg in call.Others)
            if (await FindItemAsync(leg, cancellation) is { HasEnded: false } other) return other;
        return call;
    }

    private async Task<Call?> FindItemAsync(string key, CancellationToken cancellation)
    {
        var call = _store.Known(key);
        if (call is not null && (_store.IsDirty(key) || _store.Age(key) < MaxAge)) return call;
        try
        {
            return await _store.ReadAsync(key, cancellation);
        }
        catch (ServiceUnavailableException) when (call is not null)
        {
            return call;
        }
    }

    /// <summary>Finds the call with this leg, either the customer's or the agent's. Null when there is none.</summary>
    /// <inheritdoc cref="RefreshAsync" path="/exception"/>
    public async Task<Call?> FindAsync(CallSid leg, CancellationToken cancellation)
    {
        if (_store.ByLeg(leg) is { } known && await FindItemAsync(known.Uui, cancellation) is { } call && call.HasLeg(leg)) return call;
        if (await FindItemAsync(leg.ToString(), cancellation) is { } own && own.HasLeg(leg)) return own;
        await RefreshAsync(cancellation);
        return _store.ByLeg(leg);
    }

    /// <summary>Claims the call for the agent.</summary>
    /// <param name="takeOver">
    /// Also claims a call that another agent holds. Ignored unless the agent is a supervisor. Of two concurrent requests, one succeeds.
    /// </param>
    /// <exception cref="UnauthorizedAccessException">The person is neither an agent nor a supervisor.</exception>
    public Task<ClaimOutcome> ClaimAsync(string uui, CurrentUser agent, bool takeOver, CancellationToken cancellation) =>
        ChangeClaimAsync(
            uui, agent, read => ClaimChanges.Claim(agent, takeOver && agent.IsSupervisor ? read?.ClaimedBy : null), cancellation);

    /// <summary>Ends the holder's claim.</summary>
    /// <inheritdoc cref="ClaimAsync" path="/exception"/>
    public Task<ClaimOutcome> ReleaseAsync(string uui, CurrentUser holder, CancellationToken cancellation) =>
        ChangeClaimAsync(uui, holder, _ => ClaimChanges.Release(holder), cancellation);

    /// <summary>Moves the claim to the colleague if the holder still has it.</summary>
    /// <inheritdoc cref="ClaimAsync" path="/exception"/>
    public Task<ClaimOutcome> HandOverAsync(string uui, CurrentUser holder, Colleague to, CancellationToken cancellation) =>
        ChangeClaimAsync(uui, holder, _ => ClaimChanges.HandOver(holder, to), cancellation);

    // Passes the call, as it was read first, to changeOf.
    private async Task<ClaimOutcome> ChangeClaimAsync(
        string uui, CurrentUser agent, Func<Call?, ClaimChange> changeOf, CancellationToken cancellation)
    {
        if (!agent.IsAgent) throw new UnauthorizedAccessException("Only agents and supervisors claim calls.");
        if (Uui.Clean(uui) is not { } key) return new ClaimOutcome.NoSuchCall();
        try
        {
            // While Sync is down, this read fails at once. ChangeAsync would first wait for the changes in progress.
            var change = changeOf(await _store.ReadAsync(key, cancellation));
            var changed = await _store.ChangeAsync(key, change.Apply.Invoke, confirms: false, cancellation);
            // At once, so no screen shows the call as it was before after one that shows it as it is now.
            _lists.Publish();
            return changed?.After is { HasEnded: false } call ? change.OutcomeOf(call) : new ClaimOutcome.NoSuchCall();
        }
        catch (ServiceUnavailableException)
        {
            return new ClaimOutcome.Unavailable();
        }
    }

    // Shows a change by a webhook at once and stores it in the background. Logs a change that the outbox cannot take.
    internal void Accept(string uui, CallChange change) => _store.Accept(uui, change.Invoke);

    // Shows a change by a webhook at once and stores it. Returns true if Sync has stored the change.
    // After the timeout, storing continues in the background.
    internal async Task<bool> RecordAsync(string uui, CallChange change, TimeSpan timeout)
    {
        try
        {
            return await _store.Accept(uui, change.Invoke).Stored.WaitAsync(timeout, _clock);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    // Does not read Sync.
    internal Call? Known(string uui) => _store.Known(uui);

    // Does not read Sync.
    internal Call? Known(CallSid leg) => _store.ByLeg(leg);
}
