using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>One leg of a call: a connection between Twilio and one phone. Only this leg receives the tones of its keys.</summary>
public sealed class Leg
{
    private readonly Lock _lock = new();
    private readonly List<Listener> _listeners = [];
    private readonly TaskCompletionSource<bool> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LegStatus _status = LegStatus.Ringing;

    public string Sid { get; } = Sandbox.Sid.New("CA");

    public string? ParentSid { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    // inbound or outbound-dial.
    public required string Direction { get; init; }

    public TimeProvider Clock
    {
        get;
        init
        {
            field = value;
            CreatedAt = UpdatedAt = value.GetUtcNow();
        }
    } = TimeProvider.System;

    /// <summary>Parameters that a SIP call adds to every TwiML request, such as <c>SipHeader_User-to-User</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> SipParameters { get; init; } = [];

    /// <summary>Headers of the INVITE that Twilio sends to this phone.</summary>
    public IReadOnlyDictionary<string, string> SipHeaders { get; init; } = new Dictionary<string, string>();

    // Called once while the leg rings. Returns false if another phone answered first.
    internal Func<Leg, bool> MayAnswer { get; init; } = _ => true;

    /// <summary>Whether the leg is recorded as soon as it is answered.</summary>
    internal bool IsRecorded { get; init; }

    internal ProgressCallbacks? Callbacks { get; set; }

    /// <summary>Called after each visible change, sometimes while a lock is held. It must not block or call back into the leg.</summary>
    internal Action Changed { get; set; } = () => { };

    public LegLog Log { get; } = new();

    public DateTimeOffset CreatedAt { get; private set; } = TimeProvider.System.GetUtcNow();

    public DateTimeOffset UpdatedAt { get; private set; } = TimeProvider.System.GetUtcNow();

    public DateTimeOffset? AnsweredAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public LegStatus Status
    {
        get { lock (_lock) return _status; }
    }

    public bool IsInProgress => Status == LegStatus.InProgress;

    public bool IsRinging => Status is LegStatus.Queued or LegStatus.Ringing;

    public bool HasEnded => Status.IsFinal();

    /// <summary>The time between answer and end; null unless the leg was answered and has ended.</summary>
    public TimeSpan? Duration => EndedAt - AnsweredAt;

    // Completes with true when the leg is answered, and with false when it ends unanswered.
    public Task<bool> WhenAnswered => _answered.Task;

    public Task WhenEnded => _ended.Task;

    /// <summary>What Twilio has said to the party on this leg, oldest first.</summary>
    public IReadOnlyList<string> Said => Log.Said;

    /// <summary>The state of the latest payment on this leg; null if there was none.</summary>
    public LegPayment? Payment { get; private set; }

    /// <summary>The newest recording of the leg; null when there has been none.</summary>
    public CallRecording? Recording { get; private set; }

    /// <summary>Starts a recording.</summary>
    public CallRecording Record()
    {
        Recording = new(Clock.GetUtcNow());
        Changed();
        return Recording;
    }

    /// <summary>Pauses, resumes or stops the running recording.</summary>
    public void ChangeRecording(string status)
    {
        Recording?.Enter(status);
        Changed();
    }

    public void Say(string text)
    {
        Log.Add(text);
        Changed();
    }

    public void Alert(int code, string message)
    {
        Log.Add(new Alert(Clock.GetUtcNow(), code, message));
        Changed();
    }

    /// <summary>Publishes the state of a payment on this leg.</summary>
    public void SetPayment(LegPayment payment)
    {
        if (payment == Payment) return;
        Payment = payment;
        Changed();
    }

    /// <summary>Records a status callback about this leg, or about a payment on it, in the log.</summary>
    public void LogCallback(DateTimeOffset at, Webhook callback, WebhookReply reply)
    {
        Log.Add(RequestTrace.Of(at, callback, reply));
        if (reply.ErrorCode is { } code) Alert(reply.Status is null ? code : 15003, $"The status callback to {callback.Url} failed");
    }

    /// <summary>Subscribes to the keys and the end of this leg until the result is disposed.</summary>
    /// <param name="settled">Returns a task for the callbacks of a key; see <see cref="PressAsync"/>.</param>
    public IDisposable Listen(Func<char, Task> keyPressed, Func<Task> ended, Func<Task>? settled = null)
    {
        var listener = new Listener(this, keyPressed, ended, settled);
        lock (_lock) _listeners.Add(listener);
        return listener;
    }

    /// <summary>Presses one key (0-9, # or *) and waits for all subscribers.</summary>
    /// <returns>A function that waits for the callbacks that the key caused.</returns>
    public async Task<Func<Task>> PressAsync(char key)
    {
        var listeners = Listeners();
        foreach (var listener in listeners) await listener.KeyPressed(key);
        return () => Task.WhenAll(listeners.Select(l => l.Settled?.Invoke() ?? Task.CompletedTask));
    }

    /// <summary>Returns false if the leg does not ring any more, or if another phone of the same Dial answered first.</summary>
    public bool Answer()
    {
        lock (_lock)
        {
            if (_status.IsFinal() || _status == LegStatus.InProgress || !MayAnswer(this)) return false;
            AnsweredAt = Clock.GetUtcNow();
            SetStatus(LegStatus.InProgress);
            _answered.TrySetResult(true);
        }
        return true;
    }

    /// <summary>Ends the leg with a final status. Returns false if it had already ended.</summary>
    public Task<bool> EndAsync(LegStatus final) => EndAsync(final, final);

    /// <summary>
    /// Ends the leg: as completed if it was answered, otherwise with the given status. Returns false if it had already ended.
    /// </summary>
    public Task<bool> HangUpAsync(LegStatus unanswered) => EndAsync(unanswered, LegStatus.Completed);

    private async Task<bool> EndAsync(LegStatus unanswered, LegStatus answered)
    {
        lock (_lock)
        {
            if (_status.IsFinal()) return false;
            EndedAt = Clock.GetUtcNow();
            SetStatus(_status == LegStatus.InProgress ? answered : unanswered);
            _answered.TrySetResult(false);
        }
        _ended.TrySetResult();
        foreach (var listener in Listeners()) await listener.Ended();
        return true;
    }

    // Called under the lock, so that callbacks are queued in the order of the changes.
    private void SetStatus(LegStatus status)
    {
        _status = status;
        UpdatedAt = Clock.GetUtcNow();
        if (status == LegStatus.InProgress && IsRecorded) Record();
        if (status.IsFinal()) Recording?.Enter(CallRecording.Completed);
        Callbacks?.Report(status == LegStatus.InProgress ? "answered" : "completed", status.ToName());
        Changed();
    }

    private Listener[] Listeners()
    {
        lock (_lock) return [.. _listeners];
    }

    private sealed class Listener(Leg leg, Func<char, Task> keyPressed, Func<Task> ended, Func<Task>? settled) : IDisposable
    {
        public Func<char, Task> KeyPressed { get; } = keyPressed;

        public Func<Task> Ended { get; } = ended;

        public Func<Task>? Settled { get; } = settled;

        public void Dispose()
        {
            lock (leg._lock) leg._listeners.Remove(this);
        }
    }
}
