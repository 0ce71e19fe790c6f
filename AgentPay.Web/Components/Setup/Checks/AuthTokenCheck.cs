using AgentPay.Web.Identity;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Setup.Checks;

/// <summary>A wrong auth token goes unnoticed until the first webhook, and then every one of them is refused.</summary>
internal sealed class AuthTokenCheck(AccountClient account) : ICheck
{
    public string Title(IStringLocalizer<Words> words) => words["Auth token, which signs the webhooks"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation)
    {
        try
        {
            await account.CheckAuthTokenAsync(cancellation);
            return Finding.Good(words["Twilio accepts it as the account's own."]);
        }
        catch (TwilioException failure)
        {
            return Trouble.OfVoice(failure, words, "Twilio:AccountSid, Twilio:AuthToken");
        }
    }
}
