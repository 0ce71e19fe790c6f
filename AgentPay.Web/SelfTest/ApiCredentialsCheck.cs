using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.SelfTest;

internal sealed class ApiCredentialsCheck(VoiceSelfTest twilio) : ICheck
{
    public string Title(IStringLocalizer<Words> words) => words["Credentials for calls and payments"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation) =>
        await twilio.ListCallsAsync(cancellation) is { } failure
            ? RequestProblem.ForVoice(failure, words)
            : Finding.Good(words["Twilio accepts them and lists the account's calls."]);
}
