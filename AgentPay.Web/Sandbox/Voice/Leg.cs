using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>One leg of a call: a connection between Twilio and one telephone. Tones stay on the leg they are pressed on.</summary>
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

    /// <summary><c>inbound</c> or <c>outbound-dial</c>.</summary>
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

    /// <summary>What comes with the call over SIP: parameters of every TwiML request for it (<c>SipHeader_User-to-User</c>).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> SipParameters { get; init; } = [];

    /// <summary>Headers of the INVITE that Twilio sends to this telephone.</summary>
    public IReadOnlyDictionary<string, string> SipHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>Asked once, while the leg rings: false when another telephone has been faster.</summary>
    internal Func<Leg, bool> MayAnswer { get; init; } = _ => true;

    /// <summary>Whether the leg is recorded as soon as it is answered.</summary>
    internal bool IsRecorded { get; init; }

    internal ProgressCallbacks? Callbacks { get; set; }

    /// <summary>Told of everything that the party on this leg would notice, at times under a lock: it must neither block nor ask back.</summary>
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

    /// <summary>How long the parties have talked; null unless the leg was answered and has ended.</summary>
    public TimeSpan? Duration => EndedAt - AnsweredAt;

    /// <summary>Ends with true when the leg is answered, with false when it ends unanswered.</summary>
    public Task<bool> WhenAnswered => _answered.Task;

    public Task WhenEnded => _ended.Task;

    /// <summary>What the party on this leg has heard from Twilio, oldest first.</summary>
    public IReadOnlyList<string> Said => Log.Said;

    /// <summary>How the newest payment on this leg stands; null when there has been none.</summary>
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

    /// <summary>A payment on this leg stands otherwise than before.</summary>
    public void Show(LegPayment payment)
    {
        if (payment == Payment) return;
        Payment = payment;
        Changed();
    }

    /// <summary>Keeps a status callback about this leg, or about a payment on it, for the debugger.</summary>
    public void NoteCallback(DateTimeOffset at, Webhook callback, WebhookReply reply)
    {
        Log.Add(RequestTrace.Of(at, callback, reply));
        if (reply.ErrorCode is { } code) Alert(reply.Status is null ? code : 15003, $"The status callback to {callback.Url} failed");
    }

    /// <summary>Hears the keys pressed on this leg and its end, until disposed.</summary>
    /// <param name="settled">Ends when the callbacks that a key caused have been dealt with; see <see cref="PressAsync"/>.</param>
    public IDisposable Listen(Func<char, Task> keyPressed, Func<Task> ended, Func<Task>? settled = null)
    {
        var listener = new Listener(this, keyPressed, ended, settled);
        lock (_lock) _listeners.Add(listener);
        return listener;
    }

    /// <summary>Presses one key (0-9, # or *) and waits until everyone who listens has dealt with it.</summary>
    /// <returns>A wait, to be started at will, for the callbacks that the key caused.</returns>
    public async Task<Func<Task>> PressAsync(char key)
    {
        var listeners = Listeners();
        foreach (var listener in listeners) await listener.KeyPressed(key);
        return () => Task.WhenAll(listeners.Select(l => l.Settled?.Invoke() ?? Task.CompletedTask));
    }

    /// <summary>False when the leg does not ring any more, or another telephone of the same dial was faster.</summary>
    public bool Answer()
    {
        lock (_lock)
        {
            if (_status.IsFinal() || _status == LegStatus.InProgress || !MayAnswer(this)) return false;
            AnsweredAt = Clock.GetUtcNow();
            Enter(LegStatus.InProgress);
            _answered.TrySetResult(true);
        }
        return true;
    }

    /// <summary>Ends the leg with a final status; false when it had ended before.</summary>
    public Task<bool> EndAsync(LegStatus final) => EndAsync(final, final);

    /// <summary>Ends the leg: completed when it was answered, else as given. False when it had ended before.</summary>
    public Task<bool> HangUpAsync(LegStatus unanswered) => EndAsync(unanswered, LegStatus.Completed);

    private async Task<bool> EndAsync(LegStatus unanswered, LegStatus answered)
    {
        lock (_lock)
        {
            if (_status.IsFinal()) return false;
            EndedAt = Clock.GetUtcNow();
            Enter(_status == LegStatus.InProgress ? answered : unanswered);
            _answered.TrySetResult(false);
        }
        _ended.TrySetResult();
        foreach (var listener in Listeners()) await listener.Ended();
        return true;
    }

    /// <summary>Under the lock, so that the callbacks are queued in the order of what they report.</summary>
    private void Enter(LegStatus status)
    {
        _status = status;
        UpdatedAt = Clock.GetUtcNow();
        if (status == LegStatus.InProgress && IsRecorded) Record();
        if (status.IsFinal()) Recording?.Enter(CallRecording.Completed);
        Callbacks?.Report(status == LegStatus.InProgress ? "answered" : "completed", status.ToWord());
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
