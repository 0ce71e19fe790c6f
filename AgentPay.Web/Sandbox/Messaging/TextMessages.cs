using AgentPay.Web.Sandbox.Control;

namespace AgentPay.Web.Sandbox.Messaging;

// A text message that the account has sent.
internal sealed record TextMessage(string Sid, string From, string To, string Body, DateTimeOffset At, string? MessagingServiceSid)
{
    public string Status { get; init; } = "queued";
}

// The messages of the account, oldest first. Above the limit, the oldest are removed.
internal sealed class TextMessages : IResettable
{
    private const int Limit = 500;

    private readonly Lock _lock = new();
    private readonly List<TextMessage> _all = [];
    private TaskCompletionSource _changed = NewSignal();

    // Completes at the next change. Read it before reading the messages, so that no change is missed.
    public Task Changed => Volatile.Read(ref _changed).Task;

    public TextMessage? Find(string sid)
    {
        lock (_lock) return _all.Find(message => message.Sid == sid);
    }

    public IReadOnlyList<TextMessage> To(string number)
    {
        lock (_lock) return _all.FindAll(message => message.To == number);
    }

    public void Add(TextMessage message)
    {
        lock (_lock)
        {
            _all.Add(message);
            if (_all.Count > Limit) _all.RemoveAt(0);
        }
        SignalChange();
    }

    public void Deliver(string sid)
    {
        lock (_lock)
        {
            if (_all.FindIndex(message => message.Sid == sid) is >= 0 and var at) _all[at] = _all[at] with { Status = "delivered" };
        }
    }

    public void Reset()
    {
        lock (_lock) _all.Clear();
        SignalChange();
    }

    private void SignalChange() => Interlocked.Exchange(ref _changed, NewSignal()).SetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
