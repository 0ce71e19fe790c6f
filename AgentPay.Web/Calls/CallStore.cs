using System.Text.Json;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Calls;

// The calls in uuiMap, by UUI.
internal sealed class CallStore(MapStore maps, Outbox outbox, IOptions<SyncOptions> options, TimeProvider clock, ILogger<CallStore> log)
    : RecordStore<string, Call>(outbox, clock)
{
    public const string Map = "uuiMap";

    private readonly Lock _lock = new();
    private readonly Dictionary<CallSid, HashSet<string>> _byLeg = [];

    // Raised under the call's lock when a call was added, changed or removed.
    public event Action? Changed;

    protected override TimeSpan Lifetime => options.Value.ItemTtl;

    // The rest of the outbox is kept free for payments: calls must not cause their callbacks to be refused.
    protected override int MaxQueued => Outbox.Capacity * 4 / 5;

    // So the first webhook of a call costs one write and no read.
    protected override bool ReadsBeforeFirstWrite => false;

    // Prefers a call in progress to one that has ended.
    public Call? ByLeg(CallSid leg)
    {
        string[] keys;
        lock (_lock) keys = _byLeg.TryGetValue(leg, out var found) ? [.. found] : [];
        return keys.Select(Known).Where(call => call?.HasLeg(leg) == true).MinBy(call => call!.HasEnded);
    }

    public async Task ReadAllAsync(CancellationToken cancellation)
    {
        var mark = Mark();
        var items = await maps.ListAsync<object>(Map, cancellation).Select(item => (item.Key, CallOf(item))).ToListAsync(cancellation);
        ImportAll(items, mark);
    }

    protected override OutboxKey OutboxKeyOf(string key) => new("call", key);

    protected override string LogNameOf(string key, Call? view) => $"call {view?.PstnSid}";

    protected override async Task<Stored<Call?>?> FetchAsync(string key, CancellationToken cancellation) =>
        await maps.FetchAsync<object>(Map, key, cancellation) is { } item ? CallOf(item) : null;

    protected override async Task<Stored<Call?>?> WriteAsync(string key, Call next, Stored<Call?>? over, CancellationToken cancellation)
    {
        var ttl = next is { HasEnded: true, OtherLegs: null } ? options.Value.EndedTtl : options.Value.ItemTtl;
        var written = over is null
            ? await maps.CreateAsync<object>(Map, key, next, ttl, SyncUrgency.New, cancellation)
            : await maps.UpdateAsync<object>(Map, key, next, over.Revision, ttl, SyncUrgency.New, cancellation);
        return written is null ? null : new(key, next with { Expires = written.Expires }, written.Revision, written.Expires);
    }

    protected override void OnChanged(string key, Call? before, Call? after)
    {
        lock (_lock)
        {
            foreach (var leg in LegsOf(before).Except(LegsOf(after)))
                if (_byLeg.TryGetValue(leg, out var keys) && keys.Remove(key) && keys.Count == 0) _byLeg.Remove(leg);
            foreach (var leg in LegsOf(after).Except(LegsOf(before)))
            {
                if (!_byLeg.TryGetValue(leg, out var keys)) _byLeg[leg] = keys = new(StringComparer.Ordinal);
                keys.Add(key);
            }
        }
        Changed?.Invoke();
    }

    protected override bool IsExpired(string key, Call? view, DateTimeOffset? expires, TimeSpan age) => expires <= Clock.GetUtcNow();

    protected override bool MayDrop(string key, Call? view) => view is null or { HasEnded: true };

    private static IEnumerable<CallSid> LegsOf(Call? call) =>
        call is null ? [] : call.SipSid is { } agent ? [call.PstnSid, agent] : [call.PstnSid];

    // Front ends with a Sync token can write to this map. Data that are not a call are ignored, and the next change overwrites them.
    private Stored<Call?> CallOf(Stored<object> item)
    {
        Call? call = null;
        try
        {
            call = ((JsonElement)item.Data).Deserialize<Call>(SyncJson.Options);
        }
        catch (JsonException)
        {
            log.Unreadable(item.Revision);
        }
        return new(item.Key, call is null ? null : call with { Uui = item.Key, Expires = item.Expires }, item.Revision, item.Expires);
    }
}
