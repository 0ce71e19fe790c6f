using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.SelfTest;

internal sealed class CallerIdCheck(IOptions<VoiceOptions> voice) : ICheck
{
    private const string Key = "Voice:CallerId";

    public string Title(IStringLocalizer<Words> words) => words["Caller ID of outbound calls"];

    public Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation) =>
        Task.FromResult(Judge(voice.Value.CallerId, words));

    private static Finding Judge(string? callerId, IStringLocalizer<Words> words) => callerId switch
    {
        null => Finding.Warning(
            words["It is not set. Outbound calls fail if the PBX sends no number of the account."],
            words["Set {0} to a number of the account, such as +61280000000, unless the PBX always sends one.", Key]),
        _ when PhoneNumber.IsE164(callerId) => Finding.Good(
            words["{0} is a number in E.164. It must belong to the account or be verified there.", callerId]),
        _ => Finding.Failed(words["It is not a number in E.164."], words["Set {0} to a number such as +61280000000.", Key]),
    };
}
