using System.Text.Json.Serialization;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

public enum TransferState
{
    /// <summary>The target is being called. The former agent may still be connected.</summary>
    Ringing,

    /// <summary>The target has answered. The former agent's leg has ended or will end.</summary>
    Answered,

    /// <summary>The target was busy, declined, or did not answer.</summary>
    NotAnswered,

    /// <summary>The target is not allowed. Nothing was dialled.</summary>
    Refused,
}

/// <summary>The latest transfer of a call by the PBX (SIP REFER).</summary>
/// <param name="To">
/// The target: an extension of the PBX, a number in E.164, or a SIP URI. Empty when the PBX sent a target that cannot be read.
/// </param>
/// <param name="At">When the PBX requested the transfer, UTC.</param>
/// <param name="ClaimNumber">
/// <see cref="Call.ClaimNumber"/> at the time of the request. A higher number of the call means that the claim has changed since.
/// </param>
public sealed record CallTransfer(
    string To,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] TransferState State,
    DateTimeOffset At,
    int ClaimNumber)
{
    /// <summary>The leg of the target; null until Twilio has reported it.</summary>
    public CallSid? Leg { get; init; }
}
