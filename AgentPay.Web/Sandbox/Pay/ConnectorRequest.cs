using System.Text.Json.Serialization;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// The JSON that Twilio posts to a Generic Pay Connector (twilio.com/docs/voice/pay/generic-pay-connector); what was not collected is absent.
/// A class, not a record: it holds the card in clear and never prints itself.
/// </summary>
public sealed class ConnectorRequest
{
    [JsonIgnore]
    public bool IsCharge => Method == "charge";

    /// <summary><c>charge</c> or <c>tokenize</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The same on every try.</summary>
    public string TransactionId { get; } = Guid.NewGuid().ToString();

    public string? Cardnumber { get; init; }

    public string? Cvv { get; init; }

    public string? ExpiryMonth { get; init; }

    /// <summary>Two digits.</summary>
    public string? ExpiryYear { get; init; }

    public string? PostalCode { get; init; }

    public string? Bankaccountnumber { get; init; }

    public string? Routingnumber { get; init; }

    public string? Description { get; init; }

    /// <summary>Major units with all of the currency's decimals; charges only.</summary>
    public string? Amount { get; init; }

    /// <summary>Charges only.</summary>
    public string? CurrencyCode { get; init; }

    public IReadOnlyDictionary<string, object?>? Parameters { get; init; }
}
