using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Calls;

/// <summary>
/// The items of <c>uuiMap</c>, written only over the revision that the change was made for, so that no instance undoes what another has done.
/// Throws <see cref="TwilioException"/> and <see cref="SyncNotReadyException"/>.
/// </summary>
internal sealed class CallStore(SyncClient sync, SyncSpace space, SyncWriter writer, SyncMetrics metrics, CallCache cache, IOptions<SyncOptions> options, ILogger<CallStore> log)
{
    public const string Map = "uuiMap";

    private const int PageSize = 100;

    /// <summary>More than this in a row is not bad luck.</summary>
    private const int MostRounds = 16;

    /// <summary>Applies the change to what Sync holds, and again whenever somebody else has been quicker. Costs one write and no read when nobody has.</summary>
    /// <param name="change">Given null when there is no such call; what it leaves as it was is not written.</param>
    public async Task<Call?> ChangeAsync(string uui, CallChange change, CancellationToken cancellation)
    {
        var known = cache.Known(uui);
        for (var round = 0; round < MostRounds; round++)
        {
            var next = change(known?.Data);
            if (next is null || next == known?.Data) return next;
            if (await WriteAsync(next, known?.Revision, cancellation) is { } written)
            {
                cache.Learn(uui, written);
                return written.Data;
            }
            known = await ReadAsync(uui, cancellation);
        }
        throw new TwilioException("An item of uuiMap is always changed by somebody else first") { Status = HttpStatusCode.PreconditionFailed };
    }

    /// <summary>Null when there is no such item.</summary>
    public async Task<Stored<Call?>?> ReadAsync(string uui, CancellationToken cancellation)
    {
        var mark = cache.Mark();
        var item = await FetchAsync(uui, cancellation);
        cache.Learn(uui, item, mark);
        return item;
    }

    public async Task<CallList> ReadAllAsync(CancellationToken cancellation)
    {
        var mark = cache.Mark();
        var items = await ListAsync(cancellation).ToListAsync(cancellation);
        return cache.LearnAll(items, mark);
    }

    private Task<Stored<Call?>?> WriteAsync(Call call, string? revision, CancellationToken cancellation)
    {
        var json = JsonSerializer.SerializeToElement(call, SyncJson.Options);
        var ttl = call is { HasEnded: true, OtherLegs: null } ? options.Value.EndedTtl : options.Value.ItemTtl;
        return writer.RunAsync(SyncUrgency.Normal, attempt => WriteOnceAsync(call.Uui, json, ttl, revision, attempt.Cancellation), cancellation);
    }

    /// <summary>Null when the item is at another revision by now, is there already, or is gone.</summary>
    private async Task<Stored<Call?>?> WriteOnceAsync(string uui, JsonElement json, TimeSpan ttl, string? revision, CancellationToken cancellation)
    {
        try
        {
            return Read(await metrics.WriteAsync(revision is null
                ? sync.MapItems.CreateAsync(space.Service, Map, new() { Key = uui, Data = json, ItemTtl = ttl }, cancellation)
                : sync.MapItems.UpdateAsync(space.Service, Map, uui, new() { Data = json, ItemTtl = ttl, IfMatch = revision }, cancellation)));
        }
        catch (TwilioException overtaken) when (overtaken.IsConflict || overtaken.IsPreconditionFailed || overtaken.IsNotFound)
        {
            if (overtaken.IsNotFound && revision is null) await EnsureMapAsync(cancellation);
            return null;
        }
    }

    private async Task<Stored<Call?>?> FetchAsync(string uui, CancellationToken cancellation)
    {
        try
        {
            return Read(await metrics.ReadAsync(sync.MapItems.FetchAsync(space.Service, Map, uui, cancellation)));
        }
        catch (TwilioException gone) when (gone.IsNotFound)
        {
            return null;
        }
    }

    private async IAsyncEnumerable<Stored<Call?>> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var items = sync.MapItems.ListAsync(space.Service, Map, pageSize: PageSize, cancellation: cancellation);
        await foreach (var item in metrics.ReadPagesAsync(items, PageSize, cancellation)) yield return Read(item);
    }

    /// <summary>Provisioning makes the map; somebody may have deleted it since.</summary>
    private async Task EnsureMapAsync(CancellationToken cancellation)
    {
        try
        {
            await sync.Maps.CreateAsync(space.Service, Map, cancellation);
        }
        catch (TwilioException exists) when (exists.IsConflict)
        {
            // Another instance was quicker.
        }
    }

    private Stored<Call?> Read(SyncMapItem item) => new(item.Key, CallOf(item), item.Revision, item.DateExpires);

    /// <summary>Anyone with a Sync token may have written the item: what is not a call is passed over, and overwritten when a call comes.</summary>
    private Call? CallOf(SyncMapItem item)
    {
        try
        {
            return item.Data.Deserialize<Call>(SyncJson.Options) is { } call ? call with { Uui = item.Key, Expires = item.DateExpires } : null;
        }
        catch (JsonException)
        {
            log.Unreadable(item.Revision);
            return null;
        }
    }
}
