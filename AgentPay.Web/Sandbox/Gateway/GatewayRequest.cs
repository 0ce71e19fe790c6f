using System.Text.Json;

namespace AgentPay.Web.Sandbox.Gateway;

// The parts of a Generic Pay Connector request that the gateway uses. Not a record, because the ToString of a record would print the card.
public sealed class GatewayRequest
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string? Method { get; set; }

    public string? TransactionId { get; init; }

    public string? Cardnumber { get; init; }

    public string? Bankaccountnumber { get; init; }

    public JsonElement Parameters { get; init; }

    // The merchant's reference in the parameters of the payment.
    public string? Reference =>
        Parameters is { ValueKind: JsonValueKind.Object }
        && Parameters.TryGetProperty("reference", out var text)
        && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;

    public bool IsCharge => Method == "charge";

    // Null if the number is not a test number.
    public TestCard? Card => Cardnumber is not null ? TestCards.FindCard(Cardnumber)
        : Bankaccountnumber is not null ? TestCards.FindBankAccount(Bankaccountnumber)
        : null;

    // Describes why the request is invalid. Returns null if it is valid.
    public string? Problem() => this switch
    {
        { Method: not ("charge" or "tokenize") } => "method must be charge or tokenize",
        { TransactionId: null or "" } => "transaction_id is missing",
        { Cardnumber: null, Bankaccountnumber: null } => "cardnumber or bankaccountnumber is missing",
        _ => null,
    };

    // Ignores the content type, because connectors send different ones.
    // Returns null if the body is not a JSON object of the expected shape.
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
