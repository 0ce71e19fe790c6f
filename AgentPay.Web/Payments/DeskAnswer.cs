namespace AgentPay.Web.Payments;

/// <summary>What came of an agent's wish. A closed set: what can be expected is told, never thrown.</summary>
public abstract record DeskAnswer
{
    private DeskAnswer()
    {
    }

    /// <summary>It is under way; the payment as it is now.</summary>
    public sealed record Done(PaymentSession Payment) : DeskAnswer
    {
        /// <summary>The payments before it on the same call, oldest first, where the call was looked up.</summary>
        public IReadOnlyList<HistoryRecord> Earlier { get; init; } = [];
    }

    /// <summary>It was not done, and nothing has changed.</summary>
    /// <param name="Code">Stable, in kebab case.</param>
    /// <param name="Words">What happened and what to do, for the agent. An amount in it is written as on the wire.</param>
    public sealed record Refused(string Code, string Words) : DeskAnswer
    {
        /// <summary>For screens, which write amounts as their viewers do; null when there is none in the words.</summary>
        public AmountLimit? Limit { get; init; }

        /// <summary>The earlier payment, where the refusal is <see cref="AlreadyPaid"/>; screens write it in their viewers' words.</summary>
        public HistoryRecord? Paid { get; init; }
    }

    /// <param name="Words">Those of the refusal, with <c>{0}</c> in the amount's place.</param>
    /// <param name="Amount">Major units.</param>
    /// <param name="Currency">ISO 4217.</param>
    public sealed record AmountLimit(string Words, decimal Amount, string Currency);

    public static Refused NotFound => new("payment-not-found", "This payment is not known any more. Start a new one.");

    public static Refused NotYours => new("not-yours", "This payment belongs to another agent. A supervisor can take it over.");

    public static Refused OtherCall => new("other-call", "The call has changed since you opened this page, and nothing was started. Open the call again.");

    public static Refused TooLate => new("too-late", "The payment has changed. Check it before trying again.");

    public static Refused PaymentInProgress => new("payment-in-progress", "There is a payment on this call already. Finish or cancel it first.");

    /// <summary>Of the same code: a payment has been announced on the call, by another tab or a try that was cut off, and nothing is written of it yet.</summary>
    public static Refused PaymentAnnounced => PaymentInProgress with { Words = "A payment may just be starting on this call. Wait for it to appear here, or try again in a minute: nothing has been charged." };

    public static Refused OutcomeUnknown => new("outcome-unknown", "The outcome of the last payment on this call is not known. Do not charge again: look for it in the gateway first. A payment for something else needs another call.");

    /// <summary>The same was paid already, or may have been. <see cref="PaymentOrder.IsConfirmedAgain"/> goes on all the same.</summary>
    public static Refused AlreadyPaid(HistoryRecord paid) => new(AlreadyPaidCode, FormattableString.Invariant(
        $"{paid.Reference ?? $"{paid.Amount} {paid.Currency}"} {(PaymentResult.Of(paid).NeedsChecking ? "may already have been charged" : "was already paid")} at {paid.Ended.UtcDateTime:HH:mm} UTC by {paid.Agent}. Nothing was started. To charge again, confirm that."))
    {
        Paid = paid,
    };

    public const string AlreadyPaidCode = "already-paid";

    public static Refused Unavailable => new("unavailable", "The payment service cannot be reached just now. Try again in a moment: nothing is started or charged twice.");
}
