using System.Text.Json;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>Test requests to Sync, for the setup page.</summary>
public sealed class SyncSelfTest(SyncClient sync, SyncSpace space)
{
    /// <summary>A document that could not be deleted expires after this.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Reads the service in use and returns its SID.</summary>
    public async Task<(string? Service, RequestFailure? Failure)> FindServiceAsync(CancellationToken cancellation)
    {
        string? found = null;
        var failure = await RequestFailure.OfAsync(async () =>
        {
            // Any service first: a wrong API key is the most likely reason why AgentPay has no service yet.
            await sync.Services.ListAsync(1, cancellation).FirstOrDefaultAsync(cancellation);
            found = (await sync.Services.FetchAsync(space.Service, cancellation)).Sid;
        });
        return (found, failure);
    }

    /// <summary>Writes a new document, reads it and deletes it. Returns whether it was read as it was written.</summary>
    public async Task<(bool IsSame, RequestFailure? Failure)> RoundTripAsync(CancellationToken cancellation)
    {
        var (name, written) = ($"self-test-{Guid.NewGuid():N}", JsonSerializer.SerializeToElement(new { test = Guid.NewGuid() }));
        var isSame = false;
        var failure = await RequestFailure.OfAsync(async () =>
        {
            var service = space.Service;
            await sync.Documents.CreateAsync(service, new() { UniqueName = name, Data = written, Ttl = Lifetime }, cancellation);
            isSame = JsonElement.DeepEquals((await sync.Documents.FetchAsync(service, name, cancellation)).Data, written);
            await sync.Documents.DeleteAsync(service, name, cancellation);
        });
        return (isSame, failure);
    }
}
