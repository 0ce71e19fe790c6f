namespace AgentPay.Web.Payments;

/// <summary>The result of an agent's command. Expected problems are returned as <see cref="Refused"/>, not thrown.</summary>
public abstract record DeskAnswer
{
    private DeskAnswer()
    {
    }

    /// <summary>The command was accepted.</summary>
    /// <param name="Payment">The payment after the command.</param>
    public sealed record Done(PaymentSession Payment) : DeskAnswer
    {
        /// <summary>Earlier payments on the same call, oldest first. Set only when the latest payment of a call is read.</summary>
        public IReadOnlyList<HistoryRecord> Earlier { get; init; } = [];
    }

    /// <summary>The command was refused, and nothing has changed.</summary>
    /// <param name="Code">A stable code in kebab case.</param>
    /// <param name="Words">What happened and what to do, for the agent. Amounts are written in the invariant culture.</param>
    public sealed record Refused(string Code, string Words) : DeskAnswer
    {
        /// <summary>The amount in the words, for screens that format amounts by culture; null when there is none.</summary>
        public AmountLimit? Limit { get; init; }

        /// <summary>The earlier payment, for screens that format it by culture. Set by <see cref="AlreadyPaid"/> only.</summary>
        public HistoryRecord? Paid { get; init; }
    }

    /// <summary>An amount within the words of a refusal.</summary>
    /// <param name="Words">The words of the refusal, with <c>{0}</c> in place of the amount.</param>
    /// <param name="Amount">Major units.</param>
    /// <param name="Currency">ISO 4217.</param>
    public sealed record AmountLimit(string Words, decimal Amount, string Currency);

    public static Refused NotFound => new("payment-not-found", "This payment is not known any more. Start a new one.");

    public static Refused NotYours => new("not-yours", "This payment belongs to another agent. A supervisor can take it over.");

    public static Refused OtherCall => new(
        "other-call", "The call has changed since you opened this page, and nothing was started. Open the call again.");

    public static Refused TooLate => new("too-late", "The payment has changed. Check it before trying again.");

    public static Refused PaymentInProgress => new(
        "payment-in-progress", "There is a payment on this call already. Finish or cancel it first.");

    /// <summary>
    /// Another tab or an interrupted request has claimed the call, and its payment is not stored yet. Has the code of
    /// <see cref="PaymentInProgress"/>.
    /// </summary>
    public static Refused PaymentAnnounced => PaymentInProgress with
    {
        Words = "A payment may just be starting on this call. Wait for it to appear here, or try again in a minute: "
            + "nothing has been charged.",
    };

    public static Refused OutcomeUnknown => new(
        "outcome-unknown",
        "The outcome of the last payment on this call is not known. Do not charge again: look for it in the gateway first. "
            + "A payment for something else needs another call.");

    /// <summary>
    /// The same payment was made before, or may have been. An order with <see cref="PaymentOrder.IsConfirmedAgain"/> is not refused.
    /// </summary>
    public static Refused AlreadyPaid(HistoryRecord paid)
    {
        var what = paid.Reference ?? FormattableString.Invariant($"{paid.Amount} {paid.Currency}");
        var state = PaymentResult.Of(paid).NeedsChecking ? "may already have been charged" : "was already paid";
        var at = FormattableString.Invariant($"{paid.Ended.UtcDateTime:HH:mm} UTC");
        return new(
            AlreadyPaidCode,
            $"{what} {state} at {at} by {paid.Agent}. Nothing was started. To charge again, confirm that.")
        {
            Paid = paid,
        };
    }

    public const string AlreadyPaidCode = "already-paid";

    /// <summary>
    /// More payments are being started than Sync can store. Nothing was written or asked of the caller. Worth another try after
    /// <see cref="BusyWait"/>.
    /// </summary>
    public static Refused Busy => new("busy", "Busy: try again in a few seconds. Nothing was started.");

    public static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(3);

    public static Refused Unavailable => new(
        "unavailable", "The payment service cannot be reached just now. Try again in a moment: nothing is started or charged twice.");
}
