using System.Text.Json;

namespace AgentPay.Web.Sandbox.Gateway;

/// <summary>What the gateway reads of a Generic Pay Connector request; it has no use for the rest. A class, not a record: it never prints itself.</summary>
public sealed class GatewayRequest
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string? Method { get; set; }

    public string? TransactionId { get; init; }

    public string? Cardnumber { get; init; }

    public string? Bankaccountnumber { get; init; }

    public JsonElement Parameters { get; init; }

    /// <summary>The merchant's own, where the payment's parameters have one.</summary>
    public string? Reference =>
        Parameters is { ValueKind: JsonValueKind.Object } && Parameters.TryGetProperty("reference", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    public bool IsCharge => Method == "charge";

    /// <summary>The test number that is to pay; null when it is none.</summary>
    public TestCard? Card => Cardnumber is not null ? TestCards.FindCard(Cardnumber)
        : Bankaccountnumber is not null ? TestCards.FindBankAccount(Bankaccountnumber)
        : null;

    /// <summary>Why there is nothing to decide, in words; null when there is.</summary>
    public string? Problem() => this switch
    {
        { Method: not ("charge" or "tokenize") } => "method must be charge or tokenize",
        { TransactionId: null or "" } => "transaction_id is missing",
        { Cardnumber: null, Bankaccountnumber: null } => "cardnumber or bankaccountnumber is missing",
        _ => null,
    };

    /// <summary>Reads a body of any content type, or none, as connectors send them; null when it is no JSON object of the expected shape, or cannot be read.</summary>
    public static async Task<GatewayRequest?> ReadAsync(HttpRequest request)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<GatewayRequest>(request.Body, Json, request.HttpContext.RequestAborted);
        }
        catch (Exception unreadable) when (unreadable is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }
}
