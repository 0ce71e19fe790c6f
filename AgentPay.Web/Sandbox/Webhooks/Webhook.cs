namespace AgentPay.Web.Sandbox.Webhooks;

/// <summary>A request that Twilio makes to a URL of the account.</summary>
/// <param name="Url">Absolute; its fragment may carry connection overrides (<c>#rc=3&amp;rp=5xx</c>).</param>
/// <param name="Parameters">Sent as a form (POST) or in the query (GET), in this order.</param>
public sealed record Webhook(string Url, IReadOnlyList<KeyValuePair<string, string>> Parameters, string Method = "POST");

/// <summary>What came of a webhook. <see cref="ErrorCode"/> is Twilio's code for the failure, null when it was answered with 2xx.</summary>
/// <param name="Status">The HTTP status of the last try; null when there was no answer.</param>
public sealed record WebhookReply(int? Status, string? ContentType, string Body, int? ErrorCode, int Tries)
{
    public bool Succeeded => ErrorCode is null;
}
