using System.Text.Json;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>Sends test requests to Sync, for the setup page.</summary>
public sealed class SyncSelfTest(SyncClient sync, SyncSpace space)
{
    // A test document that could not be deleted expires after this time.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Reads the service in use and returns its SID.</summary>
    public async Task<(string? Service, RequestFailure? Failure)> FindServiceAsync(CancellationToken cancellation)
    {
        string? found = null;
        var failure = await RequestFailure.OfAsync(async () =>
        {
            // Lists services first: before Sync is set up, space.Service throws, usually because of a wrong API key.
            // This request then reports Twilio's answer to the key.
            await sync.Services.ListAsync(1, cancellation).FirstOrDefaultAsync(cancellation);
            found = (await sync.Services.FetchAsync(space.Service, cancellation)).Sid;
        });
        return (found, failure);
    }

    /// <summary>Writes a new document, reads it and deletes it. Returns whether the data were the same.</summary>
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
