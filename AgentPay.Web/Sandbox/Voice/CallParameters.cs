using System.Globalization;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>The parameters of Twilio's voice webhooks: twilio.com/docs/voice/twiml#request-parameters.</summary>
internal static class CallParameters
{
    /// <summary>What every request for a leg carries.</summary>
    /// <param name="status">The status to report; null means the current one.</param>
    public static List<KeyValuePair<string, string>> Standard(Leg leg, string? status = null)
    {
        List<KeyValuePair<string, string>> parameters =
        [
            new("AccountSid", SandboxAccount.Sid),
            new("ApiVersion", "2010-04-01"),
            new("CallSid", leg.Sid),
            new("CallStatus", status ?? leg.Status.ToWord()),
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

    /// <summary>Those of a request for TwiML.</summary>
    public static List<KeyValuePair<string, string>> ForTwiml(Leg leg, IEnumerable<KeyValuePair<string, string>> more)
    {
        var parameters = Standard(leg);
        if (leg is { Direction: "inbound", SipParameters.Count: 0 })
        {
            parameters.Add(new("CallToken", $$"""{"parentCallInfoToken":"{{leg.Sid[2..]}}","identityHeaderTokens":[]}"""));
            parameters.Add(new("StirVerstat", leg.From.StartsWith("+1", StringComparison.Ordinal) ? "TN-Validation-Passed-A" : "No-TN-Validation"));
        }
        return [.. parameters, .. leg.SipParameters, .. more];
    }

    /// <summary>Those of a status callback.</summary>
    public static List<KeyValuePair<string, string>> ForProgress(Leg leg, string status, int sequence, DateTimeOffset at)
    {
        var parameters = Standard(leg, status);
        if (leg.HasEnded)
        {
            var seconds = leg.Duration?.TotalSeconds ?? 0;
            parameters.Add(new("CallDuration", Whole(seconds)));
            parameters.Add(new("Duration", Whole(Math.Ceiling(seconds / 60))));
        }
        parameters.Add(new("Timestamp", TwilioTime.Rfc2822(at)));
        parameters.Add(new("CallbackSource", "call-progress-events"));
        parameters.Add(new("SequenceNumber", Whole(sequence)));
        return parameters;
    }

    /// <summary>A count of seconds or minutes as Twilio writes it.</summary>
    public static string Whole(double number) => Math.Truncate(number).ToString(CultureInfo.InvariantCulture);

    private static void AddPlace(List<KeyValuePair<string, string>> parameters, string number, params string[] prefixes)
    {
        if (!PhoneNumber.IsE164(number)) return;
        foreach (var prefix in prefixes)
        {
            parameters.Add(new(prefix + "City", ""));
            parameters.Add(new(prefix + "State", ""));
            parameters.Add(new(prefix + "Zip", ""));
            parameters.Add(new(prefix + "Country", PhoneNumber.Country(number)));
        }
    }
}
