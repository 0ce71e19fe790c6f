using System.Globalization;
using System.Text.Json;

namespace AgentPay.Web.Sandbox.Pay;

// Reads the response of a connector.
public static class ConnectorReply
{
    // Returns null if the request must be sent again: Twilio retries after server errors.
    public static ConnectorOutcome? Read(int status, string? body, bool isCharge) => status switch
    {
        >= 500 => null,
        401 or 403 => new(null, "The payment gateway refused the Pay Connector's credentials.", 64009, StatusText(status)),
        >= 200 and < 300 => ReadBody(body, isCharge),
        _ => new(null, $"The payment gateway's endpoint answered with HTTP status {StatusText(status)}.", 64001, StatusText(status)),
    };

    public static int Rejected(bool isCharge) => isCharge ? 64008 : 64010;

    private static ConnectorOutcome ReadBody(string? body, bool isCharge)
    {
        try
        {
            using var json = JsonDocument.Parse(body ?? "");
            var id = Text(json.RootElement, isCharge ? "charge_id" : "token_id");
            var error = Text(json.RootElement, "error_code");
            var message = Text(json.RootElement, "error_message");
            if (id is not null && error is null) return new(id);
            return (message ?? error) is { } reason ? new(null, reason, Rejected(isCharge), error) : Malformed(isCharge);
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            return Malformed(isCharge);
        }
    }

    // Reads a non-empty string or a number. Other kinds throw InvalidOperationException.
    private static string? Text(JsonElement reply, string name)
    {
        if (!reply.TryGetProperty(name, out var value)) return null;
        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    private static ConnectorOutcome Malformed(bool isCharge) =>
        new(null, "The payment gateway rejected the payment because of a malformed response.", Rejected(isCharge), "malformed_response");

    private static string StatusText(int status) => status.ToString(CultureInfo.InvariantCulture);
}
