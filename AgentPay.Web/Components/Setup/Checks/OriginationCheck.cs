using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Components.Setup.Checks;

/// <summary>What can be said of the PBX without calling it.</summary>
internal sealed class OriginationCheck(IOptions<VoiceOptions> voice, IOptions<AgentPayOptions> agentPay) : ICheck
{
    private const string Key = "Voice:OriginationUri";

    public string Title(IStringLocalizer<Words> words) => words["The PBX that calls are sent to"];

    public Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation) => Task.FromResult(Judge(voice.Value.OriginationUri!, words));

    private Finding Judge(string uri, IStringLocalizer<Words> words)
    {
        var host = uri.Split(':', ';')[0];
        if (agentPay.Value.Mode == AgentPayMode.Sandbox) return Finding.Good(words["In the sandbox its telephone stands for it."]);
        if (host.EndsWith(".example.com", StringComparison.OrdinalIgnoreCase)) return Finding.Failed(words["{0} is an example.", uri], words["Set {0} to your PBX or SIP trunk.", Key]);
        var isPrivate = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || !host.Contains('.') || host.StartsWith("10.", StringComparison.Ordinal) || host.StartsWith("192.168.", StringComparison.Ordinal) || host.StartsWith("127.", StringComparison.Ordinal);
        return isPrivate
            ? Finding.Warning(words["{0} looks like a host of your own network, which Twilio cannot reach.", uri], words["Set {0} to the host that the internet knows.", Key])
            : Finding.Good(words["{0} is a SIP host. Whether it takes the call shows only when somebody calls.", uri]);
    }
}
