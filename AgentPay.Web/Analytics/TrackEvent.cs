using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Analytics;

/// <summary>A <c>track</c> call of Segment's HTTP API, with the event names and properties of the predecessor's npm client.</summary>
/// <param name="MessageId">Segment's deduplication id. It is the same in every retry.</param>
internal sealed record TrackEvent(string AnonymousId, string Event, TrackProperties Properties, string MessageId, DateTime Timestamp)
{
    public string Type { get; } = "track";

    public TrackContext Context { get; } = TrackContext.AgentPay;

    /// <summary>Returns null if the predecessor had no event for the notice.</summary>
    public static TrackEvent? Of(PaymentNotice notice) => notice switch
    {
        PaymentNotice.Attached => Named("attachPay", notice),
        PaymentNotice.CaptureStarted => Named("startCapture", notice),
        PaymentNotice.FieldAsked asked => Named("_updateCaptureType", notice, WireName.Of(asked.Field)),
        PaymentNotice.FieldReset { Field: CaptureField.PaymentCardNumber } => Named("resetCard", notice),
        PaymentNotice.FieldReset { Field: CaptureField.SecurityCode } => Named("resetSecurityCode", notice),
        PaymentNotice.FieldReset { Field: CaptureField.ExpirationDate } => Named("resetDate", notice),
        PaymentNotice.Cancelled => Named("cancelCapture", notice),
        PaymentNotice.Submitted => Named("submitCapture", notice),
        PaymentNotice.Detached => Named("detachPay", notice),
        _ => null,
    };

    private static TrackEvent Named(string name, PaymentNotice notice, string? captureType = null)
    {
        var call = notice.Call.ToString();
        var callSid = string.IsNullOrEmpty(call) ? null : call;
        var properties = new TrackProperties(notice.Agent, callSid, captureType, notice.At.ToUnixTimeMilliseconds());
        return new(AnonymousIdOf(notice.Agent), name, properties, Guid.NewGuid().ToString(), notice.At.UtcDateTime);
    }

    // Segment requires a user id or an anonymous id. A user id would identify the agent, which the predecessor never did. A random id would
    // make each event a new visitor. A hash is anonymous, and the same for an agent on every server and after a restart.
    private static string AnonymousIdOf(string agent) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(agent)).AsSpan(0, 16)).ToString();
}

/// <summary>The only properties of a payment that Segment receives. Card data, tokens, amounts and results are never sent.</summary>
/// <param name="TimeStamp">Milliseconds since 1970, UTC.</param>
internal sealed record TrackProperties(
    string Identity,
    [property: JsonPropertyName("callSID")] string? CallSid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CaptureType,
    long TimeStamp);

internal sealed record TrackContext(TrackApp App)
{
    public static TrackContext AgentPay { get; } = new(new TrackApp("agent-assisted-pay"));
}

internal sealed record TrackApp(string Name);
