using System.Globalization;

namespace AgentPay.Web.Sandbox.Voice;

// Parameters of Twilio's voice webhooks: twilio.com/docs/voice/twiml#request-parameters.
internal static class CallParameters
{
    // Parameters of every request for a leg. A null status means the current status of the leg.
    public static List<KeyValuePair<string, string>> Standard(Leg leg, string? status = null)
    {
        List<KeyValuePair<string, string>> parameters =
        [
            new("AccountSid", SandboxAccount.Sid),
            new("ApiVersion", "2010-04-01"),
            new("CallSid", leg.Sid),
            new("CallStatus", status ?? leg.Status.ToName()),
            new("Direction", leg.Direction),
            new("From", leg.From),
            new("To", leg.To),
            new("Caller", leg.From),
            new("Called", leg.To),
        ];
        if (leg.ParentSid is not null) parameters.Add(new("ParentCallSid", leg.ParentSid));
        AddPlace(parameters, leg.From, "From", "Caller");
        AddPlace(parameters, leg.To, "To", "Called");
        return parameters;
    }

    public static List<KeyValuePair<string, string>> ForTwiml(Leg leg, IEnumerable<KeyValuePair<string, string>> more)
    {
        var parameters = Standard(leg);
        if (leg is { Direction: "inbound", SipParameters.Count: 0 })
        {
            parameters.Add(new("CallToken", $$"""{"parentCallInfoToken":"{{leg.Sid[2..]}}","identityHeaderTokens":[]}"""));
            var isNorthAmerican = leg.From.StartsWith("+1", StringComparison.Ordinal);
            parameters.Add(new("StirVerstat", isNorthAmerican ? "TN-Validation-Passed-A" : "No-TN-Validation"));
        }
        return [.. parameters, .. leg.SipParameters, .. more];
    }

    public static List<KeyValuePair<string, string>> ForProgress(Leg leg, string status, int sequence, DateTimeOffset at)
    {
        var parameters = Standard(leg, status);
        if (leg.HasEnded)
        {
            var seconds = leg.Duration?.TotalSeconds ?? 0;
            parameters.Add(new("CallDuration", Integer(seconds)));
            parameters.Add(new("Duration", Integer(Math.Ceiling(seconds / 60))));
        }
        parameters.Add(new("Timestamp", TwilioTime.Rfc2822(at)));
        parameters.Add(new("CallbackSource", "call-progress-events"));
        parameters.Add(new("SequenceNumber", Integer(sequence)));
        return parameters;
    }

    public static string Integer(double number) => Math.Truncate(number).ToString(CultureInfo.InvariantCulture);

    private static void AddPlace(List<KeyValuePair<string, string>> parameters, string number, params string[] prefixes)
    {
        if (!E164Number.IsE164(number)) return;
        foreach (var prefix in prefixes)
        {
            parameters.Add(new(prefix + "City", ""));
            parameters.Add(new(prefix + "State", ""));
            parameters.Add(new(prefix + "Zip", ""));
            parameters.Add(new(prefix + "Country", E164Number.Country(number)));
        }
    }
}
