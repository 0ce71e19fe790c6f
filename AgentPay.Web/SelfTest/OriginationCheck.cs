using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.SelfTest;

/// <summary>Checks the PBX's address without calling it.</summary>
internal sealed class OriginationCheck(IOptions<VoiceOptions> voice, IOptions<AgentPayOptions> agentPay) : ICheck
{
    private const string Key = "Voice:OriginationUri";

    private static readonly string[] PrivatePrefixes = ["10.", "127.", "192.168."];

    public string Title(IStringLocalizer<Words> words) => words["The PBX that calls are sent to"];

    public Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation) =>
        Task.FromResult(Judge(voice.Value.OriginationUri!, words));

    private Finding Judge(string uri, IStringLocalizer<Words> words)
    {
        var host = uri.Split(':', ';')[0];
        if (agentPay.Value.Mode == AgentPayMode.Sandbox) return Finding.Good(words["The sandbox's phone takes the place of the PBX."]);
        if (host.EndsWith(".example.com", StringComparison.OrdinalIgnoreCase))
            return Finding.Failed(words["{0} is an example.", uri], words["Set {0} to your PBX or SIP trunk.", Key]);
        return IsPrivate(host)
            ? Finding.Warning(
                words["{0} looks like a host of your own network, which Twilio cannot reach.", uri],
                words["Set {0} to a host that is known on the internet.", Key])
            : Finding.Good(words["{0} is a SIP host. Only a call shows whether it answers.", uri]);
    }

    private static bool IsPrivate(string host) =>
        !host.Contains('.') || PrivatePrefixes.Any(prefix => host.StartsWith(prefix, StringComparison.Ordinal));
}
