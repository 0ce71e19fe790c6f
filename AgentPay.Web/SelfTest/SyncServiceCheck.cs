using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.SelfTest;

internal sealed class SyncServiceCheck(SyncSelfTest sync) : ICheck
{
    public string Title(IStringLocalizer<Words> words) => words["Sync and its service"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation)
    {
        var (service, failure) = await sync.FindServiceAsync(cancellation);
        return failure is null
            ? Finding.Good(words["Sync accepts the API key, and the service {0} answers.", service!])
            : RequestProblem.ForSync(failure, words);
    }
}
