using System.Text.Json;

namespace AgentPay.Web.Sandbox.Recorder;

// An event that the recorder has accepted. Id and SentAt are headers, the rest is the body.
public sealed record RecorderEvent(string Id, DateTimeOffset SentAt, DateTimeOffset ReceivedAt, string Type, string Payment, string Call, string? Uui)
{
    // Returns null if the body is not an event.
    public static RecorderEvent? Read(string id, DateTimeOffset sentAt, DateTimeOffset receivedAt, byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var (root, data) = (json.RootElement, json.RootElement.GetProperty("data"));
            var uui = data.TryGetProperty("uui", out var known) ? known.GetString() : null;
            return new(id, sentAt, receivedAt, Text(root, "type"), Text(data, "paymentId"), Text(data, "callSid"), uui);
        }
        catch (Exception invalid) when (invalid is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new JsonException();
}
