using System.Globalization;
using System.Text.Json.Serialization;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>
/// A payment in <c>payMap</c>, with the names of Twilio's callback fields, for front ends of the previous version. They treat a payment
/// with <c>Capture</c> as still capturing. Therefore a payment that is over has no <c>Capture</c>, as Twilio's last callback has none.
/// </summary>
public sealed record PayMapItem
{
    [JsonPropertyName("Sid")] public string? Sid { get; init; }
    [JsonPropertyName("CallSid")] public string? CallSid { get; init; }
    [JsonPropertyName("PaymentMethod")] public string? PaymentMethod { get; init; }
    [JsonPropertyName("PaymentConnector")] public string? PaymentConnector { get; init; }
    [JsonPropertyName("ChargeAmount")] public string? ChargeAmount { get; init; }
    [JsonPropertyName("Currency")] public string? Currency { get; init; }
    [JsonPropertyName("TokenType")] public string? TokenType { get; init; }
    [JsonPropertyName("DateCreated")] public string? DateCreated { get; init; }
    [JsonPropertyName("DateUpdated")] public string? DateUpdated { get; init; }
    [JsonPropertyName("Capture")] public string? Capture { get; init; }
    [JsonPropertyName("PartialResult")] public string? PartialResult { get; init; }
    [JsonPropertyName("Required")] public string? Required { get; init; }
    [JsonPropertyName("ErrorType")] public string? ErrorType { get; init; }
    [JsonPropertyName("PaymentCardNumber")] public string? PaymentCardNumber { get; init; }
    [JsonPropertyName("PaymentCardType")] public string? PaymentCardType { get; init; }
    [JsonPropertyName("ExpirationDate")] public string? ExpirationDate { get; init; }
    [JsonPropertyName("SecurityCode")] public string? SecurityCode { get; init; }
    [JsonPropertyName("PaymentCardPostalCode")] public string? PaymentCardPostalCode { get; init; }
    [JsonPropertyName("BankAccountNumber")] public string? BankAccountNumber { get; init; }
    [JsonPropertyName("BankRoutingNumber")] public string? BankRoutingNumber { get; init; }
    [JsonPropertyName("Result")] public string? Result { get; init; }
    [JsonPropertyName("PaymentToken")] public string? PaymentToken { get; init; }
    [JsonPropertyName("PaymentConfirmationCode")] public string? PaymentConfirmationCode { get; init; }
    [JsonPropertyName("ProfileId")] public string? ProfileId { get; init; }
    [JsonPropertyName("PaymentError")] public string? PaymentError { get; init; }
    [JsonPropertyName("ConnectorError")] public string? ConnectorError { get; init; }
    [JsonPropertyName("PayErrorCode")] public string? PayErrorCode { get; init; }

    public required string Agent { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required PaymentPhase Status { get; init; }

    public required DateTimeOffset At { get; init; }

    public static PayMapItem Of(PaymentSession session, DateTimeOffset at)
    {
        var open = session.Phase is PaymentPhase.Capturing or PaymentPhase.Ready;
        var missing = session.Rows.Where(r => r.Progress != FieldProgress.Captured)
            .Select(r => WireName.Of(r.Field))
            .Concat(session.OtherRequired);
        var current = session.Current is { } field
            ? session.Row(field)
            : session.Rows.LastOrDefault(r => r.Progress == FieldProgress.Captured);
        return new()
        {
            Sid = session.Payment?.ToString(),
            CallSid = session.Call.ToString(),
            PaymentMethod = WireName.Of(session.Plan.Fields.Contains(CaptureField.BankAccountNumber)
                ? PaymentTypes.PaymentMethod.AchDebit
                : PaymentTypes.PaymentMethod.CreditCard),
            PaymentConnector = session.Plan.Connector,
            ChargeAmount = AmountOf(session.Plan),
            Currency = session.Plan.Currency,
            TokenType = session.Plan.TokenType is { } type ? WireName.Of(type) : null,
            DateCreated = Time(session.StartedAt),
            DateUpdated = Time(session.CalledBackAt),
            Capture = open && current is not null ? WireName.Of(current.Field) : null,
            PartialResult = open && current?.Progress == FieldProgress.Entering ? "true" : null,
            Required = open ? string.Join(',', missing) : null,
            ErrorType = open && current is { IsOpen: false } ? current.Error : null,
            PaymentCardNumber = Shown(session, CaptureField.PaymentCardNumber),
            PaymentCardType = session.CardType,
            ExpirationDate = Shown(session, CaptureField.ExpirationDate),
            SecurityCode = Shown(session, CaptureField.SecurityCode),
            PaymentCardPostalCode = Shown(session, CaptureField.PostalCode),
            BankAccountNumber = Shown(session, CaptureField.BankAccountNumber),
            BankRoutingNumber = Shown(session, CaptureField.BankRoutingNumber),
            Result = session.Outcome?.Result,
            PaymentToken = session.Outcome?.Token,
            PaymentConfirmationCode = session.Outcome?.Confirmation,
            ProfileId = session.Outcome?.ProfileId,
            PaymentError = session.Outcome?.GatewayText,
            ConnectorError = session.Outcome?.ConnectorError,
            PayErrorCode = session.Outcome?.Code?.ToString(CultureInfo.InvariantCulture),
            Agent = session.Agent,
            Status = session.Phase,
            At = at,
        };
    }

    /// <summary>The time in the format of Twilio's callbacks: <c>2021-08-10T03:55:53.408Z</c>.</summary>
    private static string? Time(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The amount with the decimals of its currency, as in Twilio's callbacks.</summary>
    private static string? AmountOf(PaymentPlan plan) =>
        plan.Amount is { } value
        && PaymentTypes.Currency.TryParse(plan.Currency, out var currency)
        && PaymentTypes.ChargeAmount.TryCreate(value, currency, out var amount, out _)
            ? amount.ToString()
            : null;

    private static string? Shown(PaymentSession session, CaptureField field) => session.Row(field)?.Shown;
}
