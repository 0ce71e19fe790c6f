using System.Text.Json;
using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Setup.Checks;

/// <summary>Writes a document of its own, reads it and deletes it. Should the last fail, the document is gone after a minute all the same.</summary>
internal sealed class SyncRoundTripCheck(SyncClient sync, SyncSpace space) : ICheck
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public string Title(IStringLocalizer<Words> words) => words["Writing to Sync"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation)
    {
        var (name, written) = ($"self-test-{Guid.NewGuid():N}", JsonSerializer.SerializeToElement(new { test = Guid.NewGuid() }));
        try
        {
            var service = space.Service;
            await sync.Documents.CreateAsync(service, new() { UniqueName = name, Data = written, Ttl = Lifetime }, cancellation);
            var read = await sync.Documents.FetchAsync(service, name, cancellation);
            await sync.Documents.DeleteAsync(service, name, cancellation);
            return JsonElement.DeepEquals(read.Data, written)
                ? Finding.Good(words["A document was written, read and deleted."])
                : Finding.Failed(words["What was read is not what was written."], words["See what stands between this server and Sync: {0}.", "Twilio:SyncBaseUrl"]);
        }
        catch (Exception failure) when (failure is TwilioException or SyncNotReadyException)
        {
            return Trouble.OfSync(failure, words);
        }
    }
}
