using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>
/// Stores items of maps. Sync has no upsert, so <see cref="UpsertAsync"/> combines create and update, and creates a missing map. Writes
/// use the budget of the map. Front ends may also write to these maps: an unreadable item is logged and treated as missing. Throws the same
/// exceptions as <see cref="DocumentStore{T}"/>.
/// </summary>
public sealed class MapStore(SyncClient sync, SyncSpace space, SyncWriter writer, SyncMetrics metrics, ILogger<MapStore> log)
{
    private const int MaxRounds = 5;
    private const int PageSize = 100;

    /// <summary>
    /// Creates the item or replaces its data. Returns its revision. Costs one write, or two if <paramref name="expectNew"/> is wrong.
    /// </summary>
    /// <param name="expectNew">True to try a create before an update. Saves a request when most items are new.</param>
    public Task<string> UpsertAsync<T>(
        string map, string key, T data, TimeSpan ttl, bool expectNew, SyncUrgency urgency, CancellationToken cancellation)
    {
        var item = new CreateSyncMapItem { Key = key, Data = Write(data), ItemTtl = ttl };
        return writer.RunAsync(map, urgency, attempt => UpsertAsync(map, item, expectNew, attempt), cancellation);
    }

    /// <summary>Creates the item, and the map if it is missing. Returns null when the item exists. Costs one write.</summary>
    public Task<Stored<T>?> CreateAsync<T>(
        string map, string key, T data, TimeSpan ttl, SyncUrgency urgency, CancellationToken cancellation)
        where T : class
    {
        var item = new CreateSyncMapItem { Key = key, Data = Write(data), ItemTtl = ttl };
        return writer.RunAsync(map, urgency, attempt => CreateAsync<T>(map, item, attempt.Cancellation), cancellation);
    }

    /// <inheritdoc cref="DocumentStore{T}.UpdateAsync"/>
    /// <param name="ttl">A new lifetime; null keeps the current one.</param>
    public Task<Stored<T>?> UpdateAsync<T>(
        string map, string key, T data, string revision, TimeSpan? ttl, SyncUrgency urgency, CancellationToken cancellation)
        where T : class
    {
        var update = new UpdateSyncMapItem { Data = Write(data), ItemTtl = ttl, IfMatch = revision };
        return writer.RunAsync(map, urgency, async attempt =>
        {
            try
            {
                var request = sync.MapItems.UpdateAsync(space.Service, map, key, update, attempt.Cancellation);
                return Read<T>(map, await metrics.WriteAsync(request));
            }
            catch (TwilioException refused) when (refused.IsPreconditionFailed || refused.IsNotFound)
            {
                // An earlier attempt whose answer was lost may have caused this conflict. Then the write has succeeded.
                var current = attempt.MayBeDone || refused.IsAmbiguous ? await FetchRawAsync(map, key, attempt.Cancellation) : null;
                return current is not null && JsonElement.DeepEquals(current.Data, update.Data.Value) ? Read<T>(map, current) : null;
            }
        }, cancellation);
    }

    /// <summary>Reads an item; null when it does not exist. Costs one read.</summary>
    public async Task<Stored<T>?> FetchAsync<T>(string map, string key, CancellationToken cancellation)
        where T : class =>
        await FetchRawAsync(map, key, cancellation) is { } item ? Read<T>(map, item) : null;

    /// <summary>Lists all items, ordered by key; none when the map does not exist. Costs one read for each hundred items.</summary>
    public IAsyncEnumerable<Stored<T>> ListAsync<T>(string map, CancellationToken cancellation)
        where T : class =>
        ListAsync<T>(map, from: null, cancellation);

    /// <inheritdoc cref="ListAsync{T}(string, CancellationToken)"/>
    /// <param name="from">The key to start at, which need not exist; null starts at the first item.</param>
    public async IAsyncEnumerable<Stored<T>> ListAsync<T>(
        string map, string? from, [EnumeratorCancellation] CancellationToken cancellation, int pageSize = PageSize)
        where T : class
    {
        var list = sync.MapItems.ListAsync(space.Service, map, from, pageSize, cancellation);
        await using var items = metrics.ReadPagesAsync(list, pageSize, cancellation).GetAsyncEnumerator(cancellation);
        while (await MoveNextAsync(items))
        {
            if (Read<T>(map, items.Current) is { } item) yield return item;
        }
    }

    /// <summary>Deletes the item if it exists. Costs one write.</summary>
    public Task RemoveAsync(string map, string key, CancellationToken cancellation) =>
        writer.RunAsync(map, SyncUrgency.Normal, async attempt =>
        {
            try
            {
                return await metrics.WriteAsync(DeleteAsync(map, key, attempt.Cancellation));
            }
            catch (TwilioException gone) when (gone.IsNotFound)
            {
                return false;
            }
        }, cancellation);

    private async Task<Stored<T>?> CreateAsync<T>(string map, CreateSyncMapItem item, CancellationToken cancellation)
        where T : class
    {
        for (var round = 1; ; round++)
        {
            try
            {
                return Read<T>(map, await metrics.WriteAsync(sync.MapItems.CreateAsync(space.Service, map, item, cancellation)));
            }
            catch (TwilioException taken) when (taken.IsConflict)
            {
                return null;
            }
            catch (TwilioException missing) when (round < MaxRounds && missing.IsNotFound)
            {
                await CreateMapAsync(map, cancellation);
            }
        }
    }

    private async Task<string> UpsertAsync(string map, CreateSyncMapItem item, bool create, SyncTry attempt)
    {
        var update = new UpdateSyncMapItem { Data = item.Data, ItemTtl = item.ItemTtl };
        // Between two requests, another writer may create the item, or it may expire. So a conflict leads to an update, a 404 to a create.
        var cancellation = attempt.Cancellation;
        for (var round = 1; ; round++)
        {
            if (round > 1) attempt.Use!.AddRequest();
            try
            {
                return (await metrics.WriteAsync(create
                    ? sync.MapItems.CreateAsync(space.Service, map, item, cancellation)
                    : sync.MapItems.UpdateAsync(space.Service, map, item.Key, update, cancellation))).Revision;
            }
            catch (TwilioException taken) when (round < MaxRounds && create && taken.IsConflict)
            {
                create = false;
            }
            catch (TwilioException missing) when (round < MaxRounds && missing.IsNotFound)
            {
                if (create) await CreateMapAsync(map, cancellation);
                create = true;
            }
        }
    }

    private async Task CreateMapAsync(string map, CancellationToken cancellation)
    {
        var service = space.Service;
        try
        {
            await metrics.WriteAsync(sync.Maps.EnsureAsync(service, map, cancellation));
        }
        catch (TwilioException missing) when (missing.IsNotFound)
        {
            throw space.Lost(service);
        }
    }

    private async Task<bool> DeleteAsync(string map, string key, CancellationToken cancellation)
    {
        await sync.MapItems.DeleteAsync(space.Service, map, key, cancellation);
        return true;
    }

    private async Task<SyncMapItem?> FetchRawAsync(string map, string key, CancellationToken cancellation)
    {
        try
        {
            return await metrics.ReadAsync(sync.MapItems.FetchAsync(space.Service, map, key, cancellation));
        }
        catch (TwilioException gone) when (gone.IsNotFound)
        {
            return null;
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

    private Stored<T>? Read<T>(string map, SyncMapItem item)
        where T : class
    {
        try
        {
            return new(item.Key, SyncJson.Read<T>(item.Data), item.Revision, item.DateExpires);
        }
        catch (JsonException unreadable)
        {
            log.UnreadableItem(map, unreadable.Path ?? "$");
            return null;
        }
    }

    private static JsonElement Write<T>(T data) => JsonSerializer.SerializeToElement(data, SyncJson.Options);
}
