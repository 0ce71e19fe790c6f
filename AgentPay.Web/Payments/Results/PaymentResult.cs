namespace AgentPay.Web.Payments;

/// <summary>Whether trying again can help after a payment that was not taken.</summary>
public enum RetryAdvice
{
    Helps,

    /// <summary>Only with other details.</summary>
    AfterEdit,

    /// <summary>Only an administrator can solve the problem.</summary>
    CannotHelp,
}

/// <summary>
/// The meaning of a payment's result. The panel, the timeline, the history, the export and the duplicate check use it, so they show the
/// same. Each text is a key of the localizer; empty when there is nothing to say.
/// </summary>
/// <param name="Label">The result in one to four words.</param>
/// <param name="What">What happened, in a sentence.</param>
/// <param name="Money">Whether the customer was charged.</param>
/// <param name="Next">What the agent should do.</param>
/// <param name="ToCaller">What to say to the caller.</param>
public sealed record PaymentResult(
    ResultKind Kind,
    string Label,
    string What,
    string Money,
    string Next,
    string ToCaller,
    RetryAdvice Retry = RetryAdvice.Helps)
{
    /// <summary>The label when the bank or the gateway declined the payment.</summary>
    public const string Declined = "Declined";

    /// <summary>The customer may have been charged, and no supervisor has closed the check.</summary>
    public bool NeedsChecking => Kind == ResultKind.Unknown;

    /// <summary>Returns the result of a recorded payment, including the closing of its check.</summary>
    public static PaymentResult Of(HistoryRecord record)
    {
        var reported = Of(record.Result, record.Code, record.ConnectorError, record.Amount is not null);
        if (record.Closing is not { } closing) return reported;
        var closed = PaymentResultTable.Closed(closing.IsCharged, record.Amount is not null);
        // A result that arrives after the closing either confirms it or reopens the check.
        return closing.Result == record.Result || reported.NeedsChecking ? closed
            : reported.Kind == ResultKind.Succeeded == closing.IsCharged ? reported
            : PaymentResultTable.Contradicted;
    }

    /// <param name="session">A payment that is over.</param>
    public static PaymentResult Of(PaymentSession session) => Of(HistoryRecord.Of(session));

    /// <summary>Returns the result without a check. For an unknown code, the result says that the charge needs checking.</summary>
    /// <param name="result">Twilio's <c>Result</c>, or one of AgentPay's own.</param>
    public static PaymentResult Of(string result, int? code = null, string? connectorError = null, bool isCharge = true) =>
        result == OutcomeRules.Success && !isCharge
            ? PaymentResultTable.Saved
            : Find(result, code, connectorError) ?? PaymentResultTable.NoReason;

    public static bool IsKnown(PaymentOutcome? outcome) =>
        outcome is not null && Find(outcome.Result, outcome.Code, outcome.ConnectorError) is not null;

    /// <summary>Returns the text for the agent when Twilio refused a request and the payment goes on.</summary>
    /// <param name="code">Twilio's error code.</param>
    public static string RefusalOf(int code) => PaymentResultTable.Refusals.GetValueOrDefault(
        code, "Twilio refused the last request. Nothing has been charged. Ask for the field again, or cancel.");

    /// <summary>A failure is explained by its most precise code. Other results have the same meaning for every code.</summary>
    private static PaymentResult? Find(string result, int? code, string? connectorError)
    {
        var byResult = PaymentResultTable.ByResult.GetValueOrDefault(result);
        if (byResult is { Kind: not ResultKind.Failed }) return byResult;
        return PaymentResultTable.ByConnectorError.GetValueOrDefault(connectorError ?? "")
            ?? PaymentResultTable.ByCode.GetValueOrDefault(code ?? 0)
            ?? byResult;
    }
}
