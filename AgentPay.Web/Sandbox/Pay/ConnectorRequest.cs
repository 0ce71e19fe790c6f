using System.Text.Json.Serialization;

namespace AgentPay.Web.Sandbox.Pay;

// The JSON that Twilio posts to a Generic Pay Connector: twilio.com/docs/voice/pay/generic-pay-connector.
// Fields without a value are omitted. Not a record, because the ToString of a record would print the card.
public sealed class ConnectorRequest
{
    [JsonIgnore]
    public bool IsCharge => Method == "charge";

    // charge or tokenize.
    public required string Method { get; init; }

    // The same for all attempts.
    public string TransactionId { get; } = Guid.NewGuid().ToString();

    public string? Cardnumber { get; init; }

    public string? Cvv { get; init; }

    public string? ExpiryMonth { get; init; }

    // Two digits.
    public string? ExpiryYear { get; init; }

    public string? PostalCode { get; init; }

    public string? Bankaccountnumber { get; init; }

    public string? Routingnumber { get; init; }

    public string? Description { get; init; }

    // In major units with all decimals of the currency. Only for charges.
    public string? Amount { get; init; }

    // Only for charges.
    public string? CurrencyCode { get; init; }

    public IReadOnlyDictionary<string, object?>? Parameters { get; init; }
}
