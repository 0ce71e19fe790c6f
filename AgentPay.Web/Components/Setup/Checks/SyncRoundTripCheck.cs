using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Setup.Checks;

internal sealed class SyncRoundTripCheck(SyncSelfTest sync) : ICheck
{
    public string Title(IStringLocalizer<Words> words) => words["Writing to Sync"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation) => await sync.RoundTripAsync(cancellation) switch
    {
        (_, { } failure) => Trouble.OfSync(failure, words),
        (IsSame: true, _) => Finding.Good(words["A document was written, read and deleted."]),
        _ => Finding.Failed(words["What was read is not what was written."], words["See what stands between this server and Sync: {0}.", "Twilio:SyncBaseUrl"]),
    };
}
