using System.Text.Json.Serialization;

namespace AgentPay.Web.Payments;

public enum ReceiptState
{
    /// <summary>Stored before the request is sent to Twilio.</summary>
    Sending,

    /// <summary>Twilio's answer is missing or unclear: the message may have been sent.</summary>
    Unclear,

    /// <summary>Twilio has accepted the message.</summary>
    Sent,

    /// <summary>Twilio has refused the message, or was not reached.</summary>
    NotSent,
    Delivered,
    NotDelivered,
}

/// <summary>
/// The latest receipt by text message of a payment. Twilio has no idempotency key for messages, so each attempt is sent at most once: the
/// attempt is stored before the request, and only the instance that stored it sends it.
/// </summary>
/// <param name="Attempt">The number of the attempt, from 1.</param>
/// <param name="NumberEnd">The last three digits of the customer's number. The whole number is not stored.</param>
/// <param name="By">Principal name of the agent.</param>
/// <param name="At">When the agent sent it, UTC.</param>
/// <param name="Message">Twilio's SID of the message; null until Twilio has answered.</param>
/// <param name="Code">Twilio's error code, or the status of its answer; null when there is none.</param>
public sealed record SmsReceipt(
    int Attempt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ReceiptState State,
    string NumberEnd,
    string By,
    DateTimeOffset At,
    string? Message = null,
    int? Code = null)
{
    /// <summary>After this time without an answer, the instance that sent the receipt has stopped.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The state. After the timeout, <see cref="ReceiptState.Unclear"/> in place of <see cref="ReceiptState.Sending"/>.</summary>
    public ReceiptState StateAt(DateTimeOffset now) =>
        State == ReceiptState.Sending && now - At >= AnswerTimeout ? ReceiptState.Unclear : State;

    /// <summary>Whether the state may be replaced by the other one. Callbacks can arrive out of order.</summary>
    internal bool MayBecome(ReceiptState next) => RankOf(next) > RankOf(State);

    private static int RankOf(ReceiptState state) => state switch
    {
        ReceiptState.Sending => 0,
        ReceiptState.Unclear => 1,
        ReceiptState.Sent or ReceiptState.NotSent => 2,
        _ => 3,
    };
}
