using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Calls;

// The content of a webhook about one leg. Only CallSid is required, as Twilio may omit other parameters.
internal sealed record LegReport
{
    // Longer than any number or SIP URI that Twilio accepts, and short enough for a Sync item.
    private const int MaxAddressLength = 255;

    public required CallSid Leg { get; init; }

    // The leg that dialled this one.
    public CallSid? Parent { get; init; }

    // Unknown for a missing or unknown value.
    public CallStatus Status { get; init; }

    // True when the leg is a call to Twilio, false when Twilio dialled it.
    public bool IsInbound { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    // UTC, by Twilio's clock if the webhook has a timestamp.
    public DateTimeOffset At { get; init; }

    // Null when CallSid is missing or malformed.
    public static LegReport? Read(IFormCollection form, TimeProvider clock)
    {
        if (!CallSid.TryParse(form["CallSid"], out var leg)) return null;
        return new()
        {
            Leg = leg,
            Parent = CallSid.TryParse(form["ParentCallSid"], out var parent) ? parent : null,
            Status = StatusOf(form["CallStatus"]),
            IsInbound = form["Direction"] == "inbound",
            From = Address(form["From"]),
            To = Address(form["To"]),
            At = WireTime.TryParse(form["Timestamp"], out var at) ? at : clock.GetUtcNow(),
        };
    }

    // Twilio's callbacks use "initiated" for the status that its API calls "queued".
    private static CallStatus StatusOf(string? word) =>
        word == "initiated" ? CallStatus.Queued : WireName.TryParse<CallStatus>(word, out var status) ? status : CallStatus.Unknown;

    // A SIP caller can send any text as its address.
    private static string? Address(string? text) =>
        text is { Length: > 0 and <= MaxAddressLength } ? OneLine.Of(text, MaxAddressLength) : null;
}
