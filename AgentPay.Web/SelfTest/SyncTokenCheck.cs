using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.SelfTest;

/// <summary>Issues a Sync token and checks its content. Whether Twilio accepts it depends on the same API key as Sync itself.</summary>
internal sealed class SyncTokenCheck(SyncTokens tokens, IOptions<SyncOptions> sync) : ICheck
{
    public string Title(IStringLocalizer<Words> words) => words["Sync tokens for front ends"];

    public Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation) =>
        Task.FromResult(Run(admin, words));

    private Finding Run(CurrentUser admin, IStringLocalizer<Words> words)
    {
        try
        {
            return tokens.CanIssueTo(admin)
                ? Finding.Good(Success(words))
                : Finding.Failed(
                    words["The token that was issued is not valid."],
                    words["Check {0}.", "Twilio:ApiKeySid, Twilio:ApiKeySecret, Twilio:Sync:*"]);
        }
        catch (SyncNotReadyException notReady)
        {
            return RequestProblem.ForSyncNotReady(notReady.Message, words);
        }
    }

    private string Success(IStringLocalizer<Words> words)
    {
        var issued = words["A token was issued in your name, valid for {0} minutes.", SyncTokens.Lifetime.TotalMinutes];
        return sync.Value.AclEnabled != false
            ? issued
            : $"{issued} {words["As Sync:AclEnabled is false, every token can read and change everything in the Sync service."]}";
    }
}
