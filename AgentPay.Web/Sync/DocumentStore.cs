using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>
/// Stores documents of one type by unique name, with optimistic concurrency. Throws <see cref="TwilioException"/> when a request fails;
/// unless Sync refused it, a write may still have succeeded. Throws <see cref="SyncNotReadyException"/> before Sync is set up.
/// </summary>
public sealed class DocumentStore<T>(
    SyncClient sync, SyncSpace space, SyncWriter writer, SyncMetrics metrics, ILogger<DocumentStore<T>> log)
    where T : class
{
    private const int MaxRounds = 4;
    private const int PageSize = 100;

    /// <summary>Creates the document, or returns the existing one unchanged. Costs one write.</summary>
    public Task<Stored<T>> CreateAsync(string name, T data, TimeSpan ttl, CancellationToken cancellation)
    {
        var document = new CreateSyncDocument { UniqueName = name, Data = Write(data), Ttl = ttl };
        return writer.RunAsync(null, SyncUrgency.Normal, attempt => CreateOrFetchAsync(document, attempt.Cancellation), cancellation);
    }

    /// <summary>Reads a document; null when it does not exist. Costs one read.</summary>
    public async Task<Stored<T>?> FetchAsync(string name, CancellationToken cancellation) =>
        await FetchRawAsync(name, cancellation) is { } document ? Read(document) : null;

    /// <summary>
    /// Writes the document if its revision still matches. Returns null when it has another revision or does not exist. Costs one write.
    /// If Sync's answer is lost and another writer then overwrites this write, the result is also null. So a change that is applied again
    /// after null must be idempotent.
    /// </summary>
    /// <param name="ttl">A new lifetime; null keeps the current one.</param>
    public Task<Stored<T>?> UpdateAsync(
        string name, T data, string revision, TimeSpan? ttl, SyncUrgency urgency, CancellationToken cancellation)
    {
        var update = new UpdateSyncDocument { Data = Write(data), Ttl = ttl, IfMatch = revision };
        return writer.RunAsync(null, urgency, async attempt =>
        {
            try
            {
                var request = sync.Documents.UpdateAsync(space.Service, name, update, attempt.Cancellation);
                return Written(data, await metrics.WriteAsync(request));
            }
            catch (TwilioException refused) when (refused.IsPreconditionFailed || refused.IsNotFound)
            {
                // An earlier attempt whose answer was lost may have caused this conflict. Then the write has succeeded.
                var current = attempt.MayBeDone || refused.IsAmbiguous ? await FetchRawAsync(name, attempt.Cancellation) : null;
                return current is not null && JsonElement.DeepEquals(current.Data, update.Data.Value) ? Read(current) : null;
            }
        }, cancellation);
    }

    /// <summary>
    /// Lists the documents whose name starts with <paramref name="prefix"/>. Costs one read for each hundred documents of the service,
    /// including those with other names. Logs and skips unreadable documents.
    /// </summary>
    public async IAsyncEnumerable<Stored<T>> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var service = space.Service;
        var list = sync.Documents.ListAsync(service, PageSize, cancellation);
        await using var documents = metrics.ReadPagesAsync(list, PageSize, cancellation).GetAsyncEnumerator(cancellation);
        while (await MoveNextAsync(documents, service))
        {
            var document = documents.Current;
            if (document.UniqueName?.StartsWith(prefix, StringComparison.Ordinal) == true && ReadOrSkip(document) is { } stored)
                yield return stored;
        }
    }

    // A 404 on a list means that the service was deleted.
    private async Task<bool> MoveNextAsync(IAsyncEnumerator<SyncDocument> documents, string service)
    {
        try
        {
            return await documents.MoveNextAsync();
        }
        catch (TwilioException missing) when (missing.IsNotFound)
        {
            throw space.Lost(service);
        }
    }

    private async Task<Stored<T>> CreateOrFetchAsync(CreateSyncDocument document, CancellationToken cancellation)
    {
        // The conflicting document may expire before it is read, so the create is tried again.
        for (var round = 1; ; round++)
        {
            var service = space.Service;
            try
            {
                return Read(await metrics.WriteAsync(sync.Documents.CreateAsync(service, document, cancellation)));
            }
            catch (TwilioException missing) when (missing.IsNotFound)
            {
                throw space.Lost(service);
            }
            catch (TwilioException exists) when (exists.IsConflict)
            {
                if (await FetchAsync(document.UniqueName!, cancellation) is { } existing) return existing;
                if (round == MaxRounds) throw;
            }
        }
    }

    private async Task<SyncDocument?> FetchRawAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await metrics.ReadAsync(sync.Documents.FetchAsync(space.Service, name, cancellation));
        }
        catch (TwilioException gone) when (gone.IsNotFound)
        {
            return null;
        }
    }

    private Stored<T>? ReadOrSkip(SyncDocument document)
    {
        try
        {
            return Read(document);
        }
        catch (JsonException unreadable)
        {
            log.UnreadableDocument(document.Sid, unreadable.Path ?? "$");
            return null;
        }
    }

    private static JsonElement Write(T data) => JsonSerializer.SerializeToElement(data, SyncJson.Options);

    private static Stored<T> Read(SyncDocument document) => Written(SyncJson.Read<T>(document.Data), document);

    // Sync's answer to a write repeats the data, which need not be parsed.
    private static Stored<T> Written(T data, SyncDocument document) =>
        new(document.UniqueName ?? document.Sid, data, document.Revision, document.DateExpires)
        {
            Updated = document.DateUpdated,
        };
}
