using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Calls;

/// <summary>What a webhook says about one leg. Lenient where Twilio may be: only the leg's own SID has to be there.</summary>
internal sealed record LegReport
{
    // Longer than any number or SIP URI, and short enough for a Sync item.
    private const int LongestAddress = 255;

    public required CallSid Leg { get; init; }

    /// <summary>The leg that dialled this one.</summary>
    public CallSid? Parent { get; init; }

    /// <summary><see cref="CallStatus.Unknown"/> for a word that is not known.</summary>
    public CallStatus Status { get; init; }

    /// <summary>Somebody has dialled Twilio, rather than Twilio somebody.</summary>
    public bool IsInbound { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>When it happened, by Twilio's clock where it says so, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Null when the form names no leg.</summary>
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

    // A callback says "initiated" where the API says "queued".
    private static CallStatus StatusOf(string? word) =>
        word == "initiated" ? CallStatus.Queued : WireName.TryParse<CallStatus>(word, out var status) ? status : CallStatus.Unknown;

    // A caller over SIP chooses what they call from.
    private static string? Address(string? text) => text is { Length: > 0 and <= LongestAddress } ? OneLine.Of(text, LongestAddress) : null;
}
