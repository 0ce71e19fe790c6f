using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.SelfTest;

internal sealed class SyncRoundTripCheck(SyncSelfTest sync) : ICheck
{
    public string Title(IStringLocalizer<Words> words) => words["Writing to Sync"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation)
    {
        var (isSame, failure) = await sync.RoundTripAsync(cancellation);
        if (failure is not null) return RequestProblem.ForSync(failure, words);
        return isSame
            ? Finding.Good(words["A document was written, read and deleted."])
            : Finding.Failed(
                words["A document was read with another content than was written."],
                words["Check {0} and proxies between this server and Sync.", "Twilio:SyncBaseUrl"]);
    }
}
