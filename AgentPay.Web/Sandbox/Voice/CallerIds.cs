using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>Who a dialled party sees as the caller: twilio.com/docs/voice/twiml/dial#callerid.</summary>
internal sealed partial class CallerIds(IOptions<SandboxOptions> options)
{
    private readonly HashSet<string> _own = [.. options.Value.Numbers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>A number of the account, to stand in where none was given.</summary>
    public string Default => _own.FirstOrDefault() ?? "+15005550006";

    /// <summary>Null when Twilio would not put the call through; the reason is then among the leg's alerts.</summary>
    public string? For(Leg parent, DialTarget target, string? callerId) =>
        target.IsSip ? ForSip(parent, callerId ?? parent.From) : ForNumber(parent, callerId);

    private static string? ForSip(Leg parent, string callerId)
    {
        if (callerId == parent.From || SipCallerId().IsMatch(callerId)) return callerId;
        parent.Alert(13214, "Dial: a callerId for Sip has only letters, digits and + - _ .");
        return null;
    }

    private string? ForNumber(Leg parent, string? callerId)
    {
        // The From of a call that came in over SIP can be anything, so only a number of the account will do there.
        var number = callerId ?? SipAddress.Parse(parent.From)?.User ?? parent.From;
        if (!PhoneNumber.IsE164(number)) return Refuse(parent, callerId is null ? 13247 : 13214, "is not in E.164 format");
        var isParty = parent.SipParameters.Count == 0 && (number == parent.From || number == parent.To);
        return isParty || _own.Contains(number) ? number : Refuse(parent, callerId is null ? 13247 : 13214, "is neither a number of the account nor a party of the call");
    }

    private static string? Refuse(Leg parent, int code, string reason)
    {
        parent.Alert(code, $"Dial: the caller id {reason}");
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9+\-_.]{1,64}\z")]
    private static partial Regex SipCallerId();
}
