namespace AgentPay.Web.Payments;

/// <summary>What a supervisor found in the gateway about a payment that needed checking.</summary>
/// <param name="IsCharged">The customer was charged, or the card was saved.</param>
/// <param name="Reference">The gateway's own reference; null when there is none.</param>
/// <param name="By">Principal name of the supervisor.</param>
/// <param name="At">UTC.</param>
/// <param name="Result">The recorded result that was checked. The record has another result if one arrived later.</param>
public sealed record PaymentClosing(bool IsCharged, string? Reference, string? Note, string By, DateTimeOffset At, string Result)
{
    /// <summary>Whether the payment needs checking, and still has the result that was checked.</summary>
    public bool Closes(HistoryRecord record) => record.Result == Result && PaymentResult.Of(record).NeedsChecking;
}
