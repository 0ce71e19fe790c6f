using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentPay.Web.Twilio;

namespace AgentPay.Web.Sync;

/// <summary>
/// The items of one map. Sync has no create-or-update of its own; <see cref="UpsertAsync"/> never fails because the other exists.
/// Throws <see cref="TwilioException"/> when Sync does not do it, and <see cref="SyncNotReadyException"/> before it has been reached.
/// </summary>
public sealed class MapStore(SyncClient sync, SyncSpace space, SyncWriter writer)
{
    /// <summary>Leaves the item holding <paramref name="data"/>, whole, whether or not it was there.</summary>
    /// <param name="expectNew">Whether to try a create first: saves a request where items are mostly new.</param>
    public Task<string> UpsertAsync<T>(string map, string key, T data, TimeSpan ttl, bool expectNew, SyncUrgency urgency, CancellationToken cancellation)
    {
        var json = JsonSerializer.SerializeToElement(data, SyncJson.Options);
        return writer.RunAsync(urgency, () => UpsertOnceAsync(map, key, json, ttl, expectNew, cancellation), cancellation);
    }

    /// <summary>Null when there is no such item, or no more.</summary>
    public async Task<Stored<T>?> FetchAsync<T>(string map, string key, CancellationToken cancellation)
    {
        try
        {
            return Read<T>(await sync.MapItems.FetchAsync(space.Service, map, key, cancellation));
        }
        catch (TwilioException gone) when (gone.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>All items in the order of their keys; none when the map does not exist.</summary>
    public async IAsyncEnumerable<Stored<T>> ListAsync<T>(string map, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var items = sync.MapItems.ListAsync(space.Service, map, new() { PageSize = 100 }, cancellation).GetAsyncEnumerator(cancellation);
        while (await MoveNextAsync(items)) yield return Read<T>(items.Current);
    }

    public Task RemoveAsync(string map, string key, CancellationToken cancellation) => writer.RunAsync(SyncUrgency.Normal, async () =>
    {
        try
        {
            await sync.MapItems.DeleteAsync(space.Service, map, key, cancellation: cancellation);
        }
        catch (TwilioException gone) when (gone.IsNotFound)
        {
            return false;
        }
        return true;
    }, cancellation);

    private async Task<string> UpsertOnceAsync(string map, string key, JsonElement json, TimeSpan ttl, bool expectNew, CancellationToken cancellation)
    {
        // An item may be made or expire between two requests, so what is missing or in the way is looked at anew each round.
        for (var (round, create) = (0, expectNew); ; round++)
        {
            try
            {
                return create
                    ? (await sync.MapItems.CreateAsync(space.Service, map, new() { Key = key, Data = json, ItemTtl = ttl }, cancellation)).Revision
                    : (await sync.MapItems.UpdateAsync(space.Service, map, key, new() { Data = json, ItemTtl = ttl }, cancellation)).Revision;
            }
            catch (TwilioException taken) when (round < 4 && create && taken.IsConflict)
            {
                create = false;
            }
            catch (TwilioException missing) when (round < 4 && missing.IsNotFound)
            {
                if (create) await EnsureMapAsync(map, cancellation);
                create = true;
            }
        }
    }

    /// <summary>A map per day comes into being with its first item.</summary>
    private async Task EnsureMapAsync(string map, CancellationToken cancellation)
    {
        try
        {
            await sync.Maps.CreateAsync(space.Service, new() { UniqueName = map }, cancellation);
        }
        catch (TwilioException exists) when (exists.IsConflict)
        {
            // Another instance was quicker.
        }
    }

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<SyncMapItem> items)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (TwilioException gone) when (gone.IsNotFound)
        {
            return false;
        }
    }

    private static Stored<T> Read<T>(SyncMapItem item) => new(item.Key, item.Data.Deserialize<T>(SyncJson.Options)!, item.Revision, item.DateUpdated, item.DateExpires);
}
