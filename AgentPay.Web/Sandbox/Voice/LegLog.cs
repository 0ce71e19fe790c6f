using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>Something that Twilio's debugger would show for a call. <see cref="Code"/> is Twilio's.</summary>
public sealed record Alert(DateTimeOffset At, int Code, string Message);

/// <summary>A webhook that was made for a call, and what came of it.</summary>
/// <param name="Status">The HTTP status of the answer; null when there was none.</param>
/// <param name="ErrorCode">Twilio's code for the failure; null when it was answered with 2xx.</param>
public sealed record RequestTrace(
    DateTimeOffset At, string Url, string Method, int? Status, int? ErrorCode, int Tries, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    public static RequestTrace Of(DateTimeOffset at, Webhook webhook, WebhookReply reply) =>
        new(at, webhook.Url, webhook.Method, reply.Status, reply.ErrorCode, reply.Tries, webhook.Parameters);
}

/// <summary>What has been said on one leg, and what Twilio's debugger knows about it: the newest hundred of each.</summary>
public sealed class LegLog
{
    private const int Most = 100;

    private readonly Lock _lock = new();
    private readonly Queue<string> _said = [];
    private readonly Queue<Alert> _alerts = [];
    private readonly Queue<RequestTrace> _requests = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<string> Said => Read(_said);

    /// <inheritdoc cref="Said"/>
    public IReadOnlyList<Alert> Alerts => Read(_alerts);

    /// <inheritdoc cref="Said"/>
    public IReadOnlyList<RequestTrace> Requests => Read(_requests);

    public void Add(string said) => Add(_said, said);

    public void Add(Alert alert) => Add(_alerts, alert);

    public void Add(RequestTrace request) => Add(_requests, request);

    private List<T> Read<T>(Queue<T> queue)
    {
        lock (_lock) return [.. queue];
    }

    private void Add<T>(Queue<T> queue, T item)
    {
        lock (_lock)
        {
            if (queue.Count == Most) queue.Dequeue();
            queue.Enqueue(item);
        }
    }
}
