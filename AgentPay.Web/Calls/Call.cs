using System.Text.Json.Serialization;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

public enum CallDirection
{
    /// <summary>The customer has called.</summary>
    Inbound,

    /// <summary>The agent has called the customer.</summary>
    Outbound,
}

/// <summary>A call with a customer, as <c>uuiMap</c> holds it. The first two members are the predecessor's, whose items have no others.</summary>
public sealed record Call
{
    /// <summary>What the PBX knows the call by; for a call that came in, the SID of the customer's leg.</summary>
    public required string Uui { get; init; }

    /// <summary>The customer's leg, which is the one to attach a payment to.</summary>
    public required CallSid PstnSid { get; init; }

    /// <summary>The agent's leg, once Twilio has named it.</summary>
    public CallSid? SipSid { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public CallDirection? Direction { get; init; }

    [JsonConverter(typeof(CallStatusJsonConverter))]
    public CallStatus Status { get; init; }

    /// <summary>When the call came in, or when the customer answered it, UTC.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The PBX has sent no UUI, so that nobody but AgentPay knows what <see cref="Uui"/> stands for.</summary>
    public bool IsUnlinked { get; init; }

    /// <summary>
    /// Customers' legs that came up under the same UUI while this one was alive, by their SIDs with blanks between them. Each is a call of its own,
    /// under its SID. Null when there are none.
    /// </summary>
    public string? OtherLegs { get; init; }

    /// <summary>Principal name of the agent who has claimed the call.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>The same agent's name, for the screen. Null in items that an earlier version wrote.</summary>
    public string? ClaimedByName { get; init; }

    /// <summary>Principal name of the agent who handed the call over to its present holder; null when the holder claimed it.</summary>
    public string? HandedOverBy { get; init; }

    /// <summary>The same agent's name, for the screen.</summary>
    public string? HandedOverByName { get; init; }

    /// <summary>
    /// Counts the changes of <see cref="ClaimedBy"/>. The payment follows the call with this number, so a late move never undoes a newer one.
    /// </summary>
    public int ClaimNumber { get; init; }

    /// <summary>When Sync forgets it, UTC; null while it is not stored yet, or is kept for ever.</summary>
    [JsonIgnore]
    public DateTimeOffset? Expires { get; init; }

    [JsonIgnore]
    public bool HasEnded => Status.HasEnded();

    /// <summary>The SIDs in <see cref="OtherLegs"/>, newest first.</summary>
    [JsonIgnore]
    internal IEnumerable<string> Others => (OtherLegs ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Reverse();

    public bool HasLeg(CallSid sid) => PstnSid == sid || SipSid == sid;

    /// <summary>
    /// The call at a status that is further on; an earlier one, and any after its end, is old news. A leg only ever moves forward,
    /// so this is the order of Twilio's SequenceNumber, and holds over both legs besides.
    /// </summary>
    internal Call Advance(CallStatus status) => status.Rank() > Status.Rank() ? this with { Status = status } : this;
}
