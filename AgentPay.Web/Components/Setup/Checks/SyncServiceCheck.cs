using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Setup.Checks;

internal sealed class SyncServiceCheck(SyncClient sync, SyncSpace space) : ICheck
{
    public string Title(IStringLocalizer<Words> words) => words["Sync and its service"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation)
    {
        try
        {
            // The key first, as it is the more likely reason for there being no service.
            await sync.Services.ListAsync(1, cancellation).FirstOrDefaultAsync(cancellation);
            var service = await sync.Services.FetchAsync(space.Service, cancellation);
            return Finding.Good(words["Sync accepts the API key, and the service {0} answers.", service.Sid]);
        }
        catch (Exception failure) when (failure is TwilioException or SyncNotReadyException)
        {
            return Trouble.OfSync(failure, words);
        }
    }
}
