using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.SelfTest;

/// <summary>A wrong auth token shows only when the first webhook arrives, and then every webhook is refused.</summary>
internal sealed class AuthTokenCheck(VoiceSelfTest twilio) : ICheck
{
    public string Title(IStringLocalizer<Words> words) => words["Auth token, which signs the webhooks"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation) =>
        await twilio.CheckAuthTokenAsync(cancellation) is { } failure
            ? RequestProblem.ForVoice(failure, words, "Twilio:AccountSid, Twilio:AuthToken")
            : Finding.Good(words["Twilio accepts it for this account."]);
}
