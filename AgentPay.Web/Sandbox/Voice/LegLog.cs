using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>An entry of Twilio's debugger for a call. <see cref="Code"/> is Twilio's error code.</summary>
public sealed record Alert(DateTimeOffset At, int Code, string Message);

/// <summary>A webhook request for a call, and its result.</summary>
/// <param name="Status">The HTTP status of the response; null if there was none.</param>
/// <param name="ErrorCode">Twilio's error code; null if the response was 2xx.</param>
public sealed record RequestTrace(
    DateTimeOffset At,
    string Url,
    string Method,
    int? Status,
    int? ErrorCode,
    int Tries,
    IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    public static RequestTrace Of(DateTimeOffset at, Webhook webhook, WebhookReply reply) =>
        new(at, webhook.Url, webhook.Method, reply.Status, reply.ErrorCode, reply.Tries, webhook.Parameters);
}

// What was said on one leg, and its debugger entries: the newest hundred of each, oldest first.
public sealed class LegLog
{
    private const int MaxEntries = 100;

    private readonly Lock _lock = new();
    private readonly Queue<string> _said = [];
    private readonly Queue<Alert> _alerts = [];
    private readonly Queue<RequestTrace> _requests = [];

    public IReadOnlyList<string> Said => Read(_said);

    public IReadOnlyList<Alert> Alerts => Read(_alerts);

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
            if (queue.Count == MaxEntries) queue.Dequeue();
            queue.Enqueue(item);
        }
    }
}
