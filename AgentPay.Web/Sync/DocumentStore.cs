using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentPay.Web.Twilio;

namespace AgentPay.Web.Sync;

/// <summary>
/// Documents of one kind by unique name, written only over the revision that the writer knows. Throws <see cref="TwilioException"/>
/// when Sync does not do it, and <see cref="SyncNotReadyException"/> before it has been reached.
/// </summary>
public sealed class DocumentStore<T>(SyncClient sync, SyncSpace space, SyncWriter writer)
    where T : class
{
    /// <summary>Makes the document; one that exists already is returned as it is.</summary>
    public Task<Stored<T>> CreateAsync(string name, T data, TimeSpan ttl, CancellationToken cancellation) => writer.RunAsync(SyncUrgency.Normal, async () =>
    {
        try
        {
            return Read(await sync.Documents.CreateAsync(space.Service, new() { UniqueName = name, Data = Write(data), Ttl = ttl }, cancellation));
        }
        catch (TwilioException exists) when (exists.IsConflict)
        {
            if (await FetchAsync(name, cancellation) is { } there) return there;
            throw;
        }
    }, cancellation);

    /// <summary>Null when there is none of that name, or no more.</summary>
    public async Task<Stored<T>?> FetchAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return Read(await sync.Documents.FetchAsync(space.Service, name, cancellation));
        }
        catch (TwilioException gone) when (gone.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>All documents whose name starts with <paramref name="prefix"/>. Sync lists every document of the service for it, 100 a request.</summary>
    public async IAsyncEnumerable<Stored<T>> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var document in sync.Documents.ListAsync(space.Service, pageSize: 100, cancellation))
        {
            if (document.UniqueName?.StartsWith(prefix, StringComparison.Ordinal) == true) yield return Read(document);
        }
    }

    /// <summary>Writes over <paramref name="revision"/>; null when somebody else has written since, or the document is gone.</summary>
    /// <param name="ttl">A new lifetime; null leaves the old one.</param>
    public Task<Stored<T>?> UpdateAsync(string name, T data, string revision, TimeSpan? ttl, SyncUrgency urgency, CancellationToken cancellation)
    {
        var json = Write(data);
        return writer.RunAsync(urgency, async () =>
        {
            try
            {
                return Read(await sync.Documents.UpdateAsync(space.Service, name, new() { Data = json, Ttl = ttl, IfMatch = revision }, cancellation));
            }
            catch (TwilioException refused) when (refused.IsPreconditionFailed || refused.IsNotFound)
            {
                return await WrittenAfterAllAsync(name, json, cancellation);
            }
        }, cancellation);
    }

    /// <summary>A try whose answer was lost may have been this very write: then it is done, and nobody else's.</summary>
    private async Task<Stored<T>?> WrittenAfterAllAsync(string name, JsonElement json, CancellationToken cancellation)
    {
        try
        {
            var there = await sync.Documents.FetchAsync(space.Service, name, cancellation);
            return JsonElement.DeepEquals(there.Data, json) ? Read(there) : null;
        }
        catch (TwilioException gone) when (gone.IsNotFound)
        {
            return null;
        }
    }

    private static JsonElement Write(T data) => JsonSerializer.SerializeToElement(data, SyncJson.Options);

    private static Stored<T> Read(SyncDocument document) =>
        new(document.UniqueName ?? document.Sid.ToString(), document.Data.Deserialize<T>(SyncJson.Options)!, document.Revision, document.DateUpdated, document.DateExpires);
}
