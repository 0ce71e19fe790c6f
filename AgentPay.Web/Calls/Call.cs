using System.Text.Json.Serialization;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

public enum CallDirection
{
    /// <summary>The customer called.</summary>
    Inbound,

    /// <summary>The agent called the customer.</summary>
    Outbound,
}

/// <summary>
/// A call with a customer: an item of <c>uuiMap</c>. Items that AgentPay's predecessor wrote have only <see cref="Uui"/> and
/// <see cref="PstnSid"/>.
/// </summary>
public sealed record Call
{
    /// <summary>The call's identifier in the PBX. For an inbound call, the SID of the customer's leg.</summary>
    public required string Uui { get; init; }

    /// <summary>The customer's leg. Payments are attached to this leg.</summary>
    public required CallSid PstnSid { get; init; }

    /// <summary>The agent's leg; null until Twilio has reported it.</summary>
    public CallSid? SipSid { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public CallDirection? Direction { get; init; }

    [JsonConverter(typeof(CallStatusJsonConverter))]
    public CallStatus Status { get; init; }

    /// <summary>When the customer called, or answered an outbound call. UTC.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>True when the PBX sent no UUI. Then <see cref="Uui"/> is a SID, and the PBX cannot find the call by it.</summary>
    public bool IsUnlinked { get; init; }

    /// <summary>
    /// SIDs of further customers' legs that reported the same UUI while this call was in progress, separated by spaces. Each of these
    /// legs is stored as a separate call under its SID. Null when there are none.
    /// </summary>
    public string? OtherLegs { get; init; }

    /// <summary>Principal name of the agent who claimed the call; null while it is unclaimed.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>Display name of that agent. Null in items that an earlier version wrote.</summary>
    public string? ClaimedByName { get; init; }

    /// <summary>Principal name of the agent who handed the call over to its holder; null when the holder claimed it.</summary>
    public string? HandedOverBy { get; init; }

    /// <summary>Display name of the agent in <see cref="HandedOverBy"/>.</summary>
    public string? HandedOverByName { get; init; }

    /// <summary>
    /// Counts the changes of <see cref="ClaimedBy"/>. A payment is moved together with this number, so a late request cannot undo a
    /// newer one.
    /// </summary>
    public int ClaimNumber { get; init; }

    /// <summary>The latest transfer by the PBX; null when there was none.</summary>
    public CallTransfer? Transfer { get; init; }

    /// <summary>
    /// True after a transfer until the claim changes: any agent may then take the call over from its holder, with its payment. AgentPay
    /// does not know which agent answered.
    /// </summary>
    [JsonIgnore]
    public bool IsOffered => !HasEnded && ClaimedBy is not null
        && Transfer is { State: TransferState.Answered } transfer && transfer.ClaimNumber == ClaimNumber;

    /// <summary>True when the holder got the call by a transfer.</summary>
    [JsonIgnore]
    public bool IsTakenByTransfer => HandedOverBy is not null
        && Transfer is { State: TransferState.Answered } transfer && transfer.ClaimNumber == ClaimNumber - 1;

    /// <summary>When Sync deletes the item, UTC; null when the item is not stored yet or does not expire.</summary>
    [JsonIgnore]
    public DateTimeOffset? Expires { get; init; }

    [JsonIgnore]
    public bool HasEnded => Status.HasEnded();

    // Newest first.
    [JsonIgnore]
    internal IEnumerable<string> Others => (OtherLegs ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Reverse();

    public bool HasLeg(CallSid sid) => PstnSid == sid || SipSid == sid;

    // Ignores a status that is not later than the current one. Twilio's callbacks can arrive out of order. A leg's status never goes
    // back, so the rank gives the same order as Twilio's SequenceNumber. Unlike SequenceNumber, it also orders events of both legs.
    internal Call Advance(CallStatus status) => status.Rank() > Status.Rank() ? this with { Status = status } : this;
}
