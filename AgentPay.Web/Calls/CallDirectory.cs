using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>
/// The calls with customers, by UUI and by leg. What webhooks on this instance say is shown at once, even while Sync is down. What
/// other instances know is read from Sync.
/// </summary>
public sealed class CallDirectory
{
    /// <summary>The one key of the <see cref="LiveFeed{TKey,T}"/> of <see cref="CallList"/>.</summary>
    public const string ListKey = "calls";

    /// <summary>How long a call that was read or written here is used without reading it again.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly CallStore _store;
    private readonly CallLists _lists;
    private readonly LiveFeed<string, CallList> _feed;
    private readonly TimeProvider _clock;

    internal CallDirectory(CallStore store, CallLists lists, LiveFeed<string, CallList> feed, TimeProvider clock) =>
        (_store, _lists, _feed, _clock) = (store, lists, feed, clock);

    /// <summary>Whether a screen watches the list.</summary>
    public bool IsWatched => _feed.IsWatched(ListKey);

    /// <summary>The calls that this instance knows. Does not read Sync.</summary>
    public CallList Snapshot => _lists.Snapshot();

    /// <summary>Reads all calls from Sync and publishes them to those who watch the list.</summary>
    /// <exception cref="ServiceUnavailableException">Sync cannot be used.</exception>
    public async Task<CallList> RefreshAsync(CancellationToken cancellation)
    {
        await _store.ReadAllAsync(cancellation);
        return _lists.Publish();
    }

    /// <summary>The call of a UUI, a live one before one that has ended; null when there is none.</summary>
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

    /// <summary>The call that has this leg, the customer's or the agent's; null when it is not known by it.</summary>
    /// <inheritdoc cref="RefreshAsync" path="/exception"/>
    public async Task<Call?> FindAsync(CallSid leg, CancellationToken cancellation)
    {
        if (_store.ByLeg(leg) is { } known && await FindItemAsync(known.Uui, cancellation) is { } call && call.HasLeg(leg)) return call;
        if (await FindItemAsync(leg.ToString(), cancellation) is { } own && own.HasLeg(leg)) return own;
        await RefreshAsync(cancellation);
        return _store.ByLeg(leg);
    }

    /// <summary>Writes the agent's principal name and name into the call.</summary>
    /// <param name="takeOver">
    /// Also when another agent has claimed it. Ignored unless the agent is a supervisor. Of two who take it over at once, one gets it.
    /// </param>
    /// <exception cref="UnauthorizedAccessException">The person is neither an agent nor a supervisor.</exception>
    public Task<ClaimOutcome> ClaimAsync(string uui, CurrentUser agent, bool takeOver, CancellationToken cancellation) =>
        ChangeClaimAsync(
            uui, agent, read => ClaimChanges.Claim(agent, takeOver && agent.IsSupervisor ? read?.ClaimedBy : null), cancellation);

    /// <summary>Ends the claim of the agent who has the call.</summary>
    /// <inheritdoc cref="ClaimAsync" path="/exception"/>
    public Task<ClaimOutcome> ReleaseAsync(string uui, CurrentUser holder, CancellationToken cancellation) =>
        ChangeClaimAsync(uui, holder, _ => ClaimChanges.Release(holder), cancellation);

    /// <summary>Makes the call the colleague's, if it is still the holder's.</summary>
    /// <inheritdoc cref="ClaimAsync" path="/exception"/>
    public Task<ClaimOutcome> HandOverAsync(string uui, CurrentUser holder, Colleague to, CancellationToken cancellation) =>
        ChangeClaimAsync(uui, holder, _ => ClaimChanges.HandOver(holder, to), cancellation);

    /// <param name="changeOf">Given the call as it is read first.</param>
    private async Task<ClaimOutcome> ChangeClaimAsync(
        string uui, CurrentUser agent, Func<Call?, ClaimChange> changeOf, CancellationToken cancellation)
    {
        if (!agent.IsAgent) throw new UnauthorizedAccessException("Only agents and supervisors claim calls.");
        if (Uui.Clean(uui) is not { } key) return new ClaimOutcome.NoSuchCall();
        try
        {
            // Fails at once while Sync is down. A change would first wait for the changes that are under way.
            var change = changeOf(await _store.ReadAsync(key, cancellation));
            var changed = await _store.ChangeAsync(key, change.Apply.Invoke, confirms: false, cancellation);
            return changed?.After is { HasEnded: false } call ? change.OutcomeOf(call) : new ClaimOutcome.NoSuchCall();
        }
        catch (ServiceUnavailableException)
        {
            return new ClaimOutcome.Unavailable();
        }
    }

    /// <summary>Records what a webhook says. It is shown here at once. After the timeout, it is still stored in the background.</summary>
    /// <returns>Whether Sync holds it.</returns>
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

    /// <summary>The call under a key as this instance knows it. Does not read Sync.</summary>
    internal Call? Known(string uui) => _store.Known(uui);

    /// <summary>The call that this instance knows by one of its legs. Does not read Sync.</summary>
    internal Call? Known(CallSid leg) => _store.ByLeg(leg);
}
