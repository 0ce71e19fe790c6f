using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>What remains of a payment: who took what, and how it ended. Never an expiry date, a postal code, or more digits than the last four.</summary>
public sealed record HistoryRecord
{
    public required PaymentId Id { get; init; }
    public required string Agent { get; init; }

    /// <inheritdoc cref="PaymentSession.AgentChanges"/>
    public IReadOnlyList<AgentChange>? AgentChanges { get; init; }

    /// <inheritdoc cref="PaymentSession.RecordingSteps"/>
    public IReadOnlyList<RecordingStep>? RecordingSteps { get; init; }
    public decimal? Amount { get; init; }
    public required string Currency { get; init; }
    public required string Profile { get; init; }
    public string? Reference { get; init; }

    /// <summary>The agent has said that a number in the description or the reference that looks like a card number is none.</summary>
    public bool IsConfirmedNoCard { get; init; }

    /// <summary>The agent was told that the same had been paid, and has said to charge again.</summary>
    public bool IsConfirmedAgain { get; init; }
    public required CallSid Call { get; init; }
    public string? Uui { get; init; }
    public PaymentSid? Payment { get; init; }
    public string? CardType { get; init; }
    public string? LastFour { get; init; }
    public required string Result { get; init; }
    public string? Confirmation { get; init; }
    public string? Token { get; init; }
    public string? ProfileId { get; init; }
    public int? Code { get; init; }

    /// <summary>The gateway's own error code. Some of them leave it uncertain whether the customer was charged.</summary>
    public string? ConnectorError { get; init; }

    /// <summary>The connector's own outputs by name; null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Outputs { get; init; }

    public required DateTimeOffset Started { get; init; }
    public required DateTimeOffset Ended { get; init; }

    /// <summary>How a supervisor closed the check; null while it is open, and for payments that needed none.</summary>
    public PaymentClosing? Closing { get; init; }

    /// <summary>A map a day, by the UTC day on which the payment was started: so a late outcome finds its record again.</summary>
    public static string MapOf(PaymentSession session) => MapOf(DateOnly.FromDateTime(session.StartedAt.UtcDateTime));

    /// <param name="day">In UTC.</param>
    public static string MapOf(DateOnly day) => FormattableString.Invariant($"history-{day:yyyy-MM-dd}");

    public static HistoryRecord Of(PaymentSession session) => new()
    {
        Id = session.Id,
        Agent = session.Agent,
        AgentChanges = session.AgentChanges,
        RecordingSteps = session.RecordingSteps,
        Amount = session.Plan.Amount,
        Currency = session.Plan.Currency,
        Profile = session.Plan.Profile,
        Reference = session.Plan.Reference,
        IsConfirmedNoCard = session.Plan.IsConfirmedNoCard,
        IsConfirmedAgain = session.Plan.IsConfirmedAgain,
        Call = session.Call,
        Uui = session.Uui,
        Payment = session.Payment,
        CardType = session.CardType,
        LastFour = LastFourOf(session),
        Result = session.Outcome?.Result ?? OutcomeRules.Unknown,
        Confirmation = session.Outcome?.Confirmation,
        Token = session.Outcome?.Token,
        ProfileId = session.Outcome?.ProfileId,
        Code = session.Outcome?.Code,
        ConnectorError = session.Outcome?.ConnectorError,
        Outputs = session.Outcome?.Outputs,
        Started = session.StartedAt,
        Ended = session.PhaseSince,
        Closing = session.Closing,
    };

    private static string? LastFourOf(PaymentSession session)
    {
        var shown = session.Row(CaptureField.PaymentCardNumber)?.Shown ?? session.Row(CaptureField.BankAccountNumber)?.Shown;
        var digits = shown?.Where(char.IsAsciiDigit).ToArray();
        return digits is { Length: > 0 and <= 4 } ? new string(digits) : null;
    }
}
