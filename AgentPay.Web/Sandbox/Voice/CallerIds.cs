using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Voice;

// Chooses the caller ID that a dialled party sees: twilio.com/docs/voice/twiml/dial#callerid.
internal sealed partial class CallerIds(IOptions<SandboxOptions> options)
{
    private readonly HashSet<string> _own =
        [.. options.Value.Numbers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>A phone number of the account. It is used where no number was given.</summary>
    public string Default => _own.FirstOrDefault() ?? "+15005550006";

    // Returns null if Twilio would not place the call. The leg then has an alert with the reason.
    public string? For(Leg parent, DialTarget target, string? callerId) =>
        target.IsSip ? ForSip(parent, callerId ?? parent.From) : ForNumber(parent, callerId);

    private static string? ForSip(Leg parent, string callerId)
    {
        if (callerId == parent.From || SipCallerId().IsMatch(callerId)) return callerId;
        parent.Alert(13214, "Dial: a callerId for Sip can have only letters, digits and + - _ .");
        return null;
    }

    private string? ForNumber(Leg parent, string? callerId)
    {
        // A SIP caller can send any From, so only a number of the account is accepted for its calls.
        var number = callerId ?? SipAddress.Parse(parent.From)?.User ?? parent.From;
        if (!E164Number.IsE164(number)) return Reject(parent, callerId is null ? 13247 : 13214, "is not in E.164 format");
        var isParty = parent.SipParameters.Count == 0 && (number == parent.From || number == parent.To);
        if (isParty || _own.Contains(number)) return number;
        return Reject(parent, callerId is null ? 13247 : 13214, "is neither a number of the account nor a party of the call");
    }

    private static string? Reject(Leg parent, int code, string reason)
    {
        parent.Alert(code, $"Dial: the caller id {reason}");
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9+\-_.]{1,64}\z")]
    private static partial Regex SipCallerId();
}
