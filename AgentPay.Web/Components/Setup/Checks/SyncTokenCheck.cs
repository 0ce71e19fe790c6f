using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Components.Setup.Checks;

/// <summary>Whether a Sync token can be made, and holds what it should. Whether Twilio takes it depends on the same API key as Sync itself.</summary>
internal sealed class SyncTokenCheck(SyncTokens tokens, IOptions<SyncOptions> sync) : ICheck
{
    public string Title(IStringLocalizer<Words> words) => words["Sync tokens for front ends"];

    public Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation) => Task.FromResult(Run(admin, words));

    private Finding Run(CurrentUser admin, IStringLocalizer<Words> words)
    {
        try
        {
            return tokens.CanIssueTo(admin)
                ? Finding.Good(Said(words))
                : Finding.Failed(words["The token that was made is not good."], words["Check {0}.", "Twilio:ApiKeySid, Twilio:ApiKeySecret, Twilio:Sync:*"]);
        }
        catch (SyncNotReadyException notReady)
        {
            return Trouble.OfNotReady(notReady.Message, words);
        }
    }

    private string Said(IStringLocalizer<Words> words)
    {
        var made = words["A token was made and is good for {0} minutes, in the name of whoever is signed in.", SyncTokens.Lifetime.TotalMinutes];
        return sync.Value.AclEnabled != false ? made : $"{made} {words["As Sync:AclEnabled is false, whoever holds one can read and change all that the Sync service holds."]}";
    }
}
