using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>
/// Documents of one kind by unique name, written only over the revision that the writer knows. Throws <see cref="TwilioException"/>
/// when Sync does not do it (whether a write has been done all the same is then not known, unless it was refused), and
/// <see cref="SyncNotReadyException"/> while there is nowhere to put it.
/// </summary>
public sealed class DocumentStore<T>(SyncClient sync, SyncSpace space, SyncWriter writer, SyncMetrics metrics, ILogger<DocumentStore<T>> log)
    where T : class
{
    private const int Rounds = 4;
    private const int PageSize = 100;

    /// <summary>Makes the document; one that exists already is returned as it is. Costs one write.</summary>
    public Task<Stored<T>> CreateAsync(string name, T data, TimeSpan ttl, CancellationToken cancellation)
    {
        var document = new CreateSyncDocument { UniqueName = name, Data = Write(data), Ttl = ttl };
        return writer.RunAsync(SyncUrgency.Normal, attempt => CreateOrFetchAsync(document, attempt.Cancellation), cancellation);
    }

    /// <summary>Null when there is none of that name, or no more. Costs one read.</summary>
    public async Task<Stored<T>?> FetchAsync(string name, CancellationToken cancellation) =>
        await FetchRawAsync(name, cancellation) is { } document ? Read(document) : null;

    /// <summary>
    /// Writes over <paramref name="revision"/>; null when somebody else has written since, or the document is gone. Costs one write.
    /// When Sync's answer is lost, somebody may have written over this very write by the time it is looked for; that is null too, so
    /// whatever is applied again after a null must bear being applied twice.
    /// </summary>
    /// <param name="ttl">A new lifetime; null leaves the old one.</param>
    public Task<Stored<T>?> UpdateAsync(string name, T data, string revision, TimeSpan? ttl, SyncUrgency urgency, CancellationToken cancellation)
    {
        var update = new UpdateSyncDocument { Data = Write(data), Ttl = ttl, IfMatch = revision };
        return writer.RunAsync(urgency, async attempt =>
        {
            try
            {
                return Read(await metrics.WriteAsync(sync.Documents.UpdateAsync(space.Service, name, update, attempt.Cancellation)));
            }
            catch (TwilioException refused) when (refused.IsPreconditionFailed || refused.IsNotFound)
            {
                // The try whose answer was lost may be what this one has met: then it is done.
                var there = attempt.MayBeDone || refused.IsAmbiguous ? await FetchRawAsync(name, attempt.Cancellation) : null;
                return there is not null && JsonElement.DeepEquals(there.Data, update.Data.Value) ? Read(there) : null;
            }
        }, cancellation);
    }

    /// <summary>All documents whose name starts with <paramref name="prefix"/>. Costs one read for each hundred documents of the service, whatever their names. One that cannot be read is logged and left out.</summary>
    public async IAsyncEnumerable<Stored<T>> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var service = space.Service;
        await using var documents = metrics.ReadPagesAsync(sync.Documents.ListAsync(service, PageSize, cancellation), PageSize, cancellation).GetAsyncEnumerator(cancellation);
        while (await MoveNextAsync(documents, service))
        {
            var document = documents.Current;
            if (document.UniqueName?.StartsWith(prefix, StringComparison.Ordinal) == true && ReadOrSkip(document) is { } stored) yield return stored;
        }
    }

    /// <summary>A 404 on a listing means that the service itself is gone.</summary>
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
        // What is in the way may expire before it has been read, so it is looked at anew each round.
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
                if (await FetchAsync(document.UniqueName!, cancellation) is { } there) return there;
                if (round == Rounds) throw;
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

    private static Stored<T> Read(SyncDocument document) =>
        new(document.UniqueName ?? document.Sid, SyncJson.Read<T>(document.Data), document.Revision, document.DateExpires) { Updated = document.DateUpdated };
}
