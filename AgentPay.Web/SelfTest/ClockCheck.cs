using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.SelfTest;

/// <summary>Compares this server's clock with Twilio's. Twilio refuses Sync tokens that were issued by a wrong clock.</summary>
internal sealed class ClockCheck(VoiceSelfTest twilio) : ICheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    public string Title(IStringLocalizer<Words> words) => words["This server's clock"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation)
    {
        var (ahead, failure) = await twilio.CompareClocksAsync(cancellation);
        if (failure is not null) return RequestProblem.ForVoice(failure, words);
        return ahead is { } offset
            ? Compare(offset, words)
            : Finding.Warning(words["Twilio's answer has no time."], words["Make sure that the server uses a time service (NTP)."]);
    }

    /// <param name="ahead">How far Twilio's clock is ahead of this server's; Twilio gives whole seconds.</param>
    private static Finding Compare(TimeSpan ahead, IStringLocalizer<Words> words)
    {
        var seconds = Math.Round(ahead.Duration().TotalSeconds);
        if (ahead.Duration() <= Tolerance) return Finding.Good(words["It agrees with Twilio's to {0} s.", Math.Max(1, seconds)]);
        return Finding.Warning(
            ahead > TimeSpan.Zero ? words["It is {0} s behind Twilio's.", seconds] : words["It is {0} s ahead of Twilio's.", seconds],
            words["Set the server's clock and use a time service (NTP). With a wrong clock, Sync tokens and sign-ins are refused."]);
    }
}
