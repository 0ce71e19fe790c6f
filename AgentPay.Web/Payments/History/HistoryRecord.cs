using AgentPay.Web.Identity;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>
/// The history record of a payment that is over. Contains no expiry date, no postal code, and at most the last four digits of a number.
/// </summary>
public sealed record HistoryRecord
{
    private const int LongestCaller = 80;
    private const int LongestGatewayText = 160;

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
    public string? Description { get; init; }

    /// <summary>The customer's number or SIP address. Agents see the end of it only: <see cref="For"/>.</summary>
    public string? Caller { get; init; }

    /// <summary>The agent confirmed that a number in the description or the reference is not a card number.</summary>
    public bool IsConfirmedNoCard { get; init; }

    /// <summary>The agent was told of an earlier payment of the same, and confirmed the second charge.</summary>
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

    /// <summary>The gateway's own error code. After some codes it is uncertain whether the customer was charged.</summary>
    public string? ConnectorError { get; init; }

    /// <summary>The gateway's error text, shortened.</summary>
    public string? GatewayText { get; init; }

    /// <summary>The outputs of the pay connector by name, as far as they fit; null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Outputs { get; init; }

    /// <summary>How many outputs did not fit; null when all did.</summary>
    public int? OutputsLeftOut { get; init; }

    public required DateTimeOffset Started { get; init; }
    public required DateTimeOffset Ended { get; init; }

    /// <inheritdoc cref="PaymentSession.Receipt"/>
    public SmsReceipt? Receipt { get; init; }

    /// <summary>How a supervisor closed the check; null while it is open, and for payments that needed none.</summary>
    public PaymentClosing? Closing { get; init; }

    /// <summary>Names the map of the UTC day on which the payment was started. A late outcome updates the same record.</summary>
    public static string MapOf(PaymentSession session) => MapOf(DateOnly.FromDateTime(session.StartedAt.UtcDateTime));

    /// <param name="day">In UTC.</param>
    public static string MapOf(DateOnly day) => FormattableString.Invariant($"history-{day:yyyy-MM-dd}");

    public static HistoryRecord Of(PaymentSession session) => Of(session, RecordText.Fitting(session.Outcome?.Outputs));

    private static HistoryRecord Of(PaymentSession session, IReadOnlyDictionary<string, string>? outputs) => new()
    {
        Id = session.Id,
        Agent = session.Agent,
        AgentChanges = session.AgentChanges,
        RecordingSteps = session.RecordingSteps,
        Amount = session.Plan.Amount,
        Currency = session.Plan.Currency,
        Profile = session.Plan.Profile,
        Reference = session.Plan.Reference,
        Description = session.Plan.Description,
        Caller = RecordText.Short(session.Caller, LongestCaller),
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
        GatewayText = RecordText.Short(session.Outcome?.GatewayText, LongestGatewayText),
        Outputs = outputs,
        OutputsLeftOut = session.Outcome?.Outputs?.Count - outputs?.Count is > 0 and var left ? left : null,
        Started = session.StartedAt,
        Ended = session.PhaseSince,
        Receipt = session.Receipt,
        Closing = session.Closing,
    };

    /// <summary>Returns the record as the viewer may see it: agents see the last three digits of the caller's number.</summary>
    public HistoryRecord For(CurrentUser viewer) =>
        viewer.IsSupervisor || Caller is null ? this : this with { Caller = RecordText.Mask(Caller) };

    private static string? LastFourOf(PaymentSession session)
    {
        var shown = session.Row(CaptureField.PaymentCardNumber)?.Shown ?? session.Row(CaptureField.BankAccountNumber)?.Shown;
        var digits = shown?.Where(char.IsAsciiDigit).ToArray();
        return digits is { Length: > 0 and <= 4 } ? new string(digits) : null;
    }
}
