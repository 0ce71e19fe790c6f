using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Components.Setup.Checks;

internal sealed class CallerIdCheck(IOptions<VoiceOptions> voice) : ICheck
{
    private const string Key = "Voice:CallerId";

    public string Title(IStringLocalizer<Words> words) => words["Caller ID of outbound calls"];

    public Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation) => Task.FromResult(Judge(voice.Value.CallerId, words));

    private static Finding Judge(string? callerId, IStringLocalizer<Words> words) => callerId switch
    {
        null => Finding.Warning(words["None is set."], words["Outbound calls fail where the PBX sends no number of the account. Set {0} to one, such as +61280000000, unless it always does.", Key]),
        _ when PhoneNumber.IsE164(callerId) => Finding.Good(words["{0} is a number in E.164. It must be one of the account's, or verified there.", callerId]),
        _ => Finding.Failed(words["It is not a number in E.164."], words["Set {0} to a number such as +61280000000.", Key]),
    };
}
