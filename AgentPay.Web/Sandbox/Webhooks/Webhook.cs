namespace AgentPay.Web.Sandbox.Webhooks;

/// <summary>A request from Twilio to a URL of the account.</summary>
/// <param name="Url">Absolute. The fragment can contain connection overrides (<c>#rc=3&amp;rp=5xx</c>).</param>
/// <param name="Parameters">Sent as a form (POST) or in the query (GET), in this order.</param>
public sealed record Webhook(string Url, IReadOnlyList<KeyValuePair<string, string>> Parameters, string Method = "POST");

/// <summary>The result of a webhook request. <see cref="ErrorCode"/> is Twilio's error code; null if the response was 2xx.</summary>
/// <param name="Status">The HTTP status of the last attempt; null if there was no response.</param>
public sealed record WebhookReply(int? Status, string? ContentType, string Body, int? ErrorCode, int Tries)
{
    public bool Succeeded => ErrorCode is null;
}
