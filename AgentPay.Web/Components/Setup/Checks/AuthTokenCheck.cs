using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Setup.Checks;

/// <summary>A wrong auth token shows only when the first webhook arrives, and then every webhook is refused.</summary>
internal sealed class AuthTokenCheck(VoiceSelfTest twilio) : ICheck
{
    public string Title(IStringLocalizer<Words> words) => words["Auth token, which signs the webhooks"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation) =>
        await twilio.CheckAuthTokenAsync(cancellation) is { } failure
            ? Trouble.OfVoice(failure, words, "Twilio:AccountSid, Twilio:AuthToken")
            : Finding.Good(words["Twilio accepts it as the account's own."]);
}
