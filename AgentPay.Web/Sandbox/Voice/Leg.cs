namespace AgentPay.Web.Sandbox.Voice;

/// <summary>The states of a call, in Twilio's order and words.</summary>
public enum LegStatus
{
    Queued,
    Ringing,
    InProgress,
    Completed,
    Busy,
    Failed,
    NoAnswer,
    Canceled,
}

/// <summary>One leg of a call: a connection between Twilio and one telephone. Tones stay on the leg they are pressed on.</summary>
public sealed class Leg
{
    private readonly Lock _lock = new();
    private readonly List<string> _said = [];
    private readonly List<Listener> _listeners = [];
    private LegStatus _status = LegStatus.Ringing;

    public string Sid { get; } = Sandbox.Sid.New("CA");

    public string? ParentSid { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary><c>inbound</c> or <c>outbound-dial</c>.</summary>
    public required string Direction { get; init; }

    public LegStatus Status
    {
        get { lock (_lock) return _status; }
    }

    public bool IsInProgress => Status == LegStatus.InProgress;

    public bool HasEnded => Status is not (LegStatus.Queued or LegStatus.Ringing or LegStatus.InProgress);

    /// <summary>What the party on this leg has heard from Twilio, oldest first.</summary>
    public IReadOnlyList<string> Said
    {
        get { lock (_lock) return [.. _said]; }
    }

    public void Say(string text)
    {
        lock (_lock) _said.Add(text);
    }

    /// <summary>Hears the keys pressed on this leg and its end, until disposed.</summary>
    public IDisposable Listen(Func<char, Task> keyPressed, Func<Task> ended)
    {
        var listener = new Listener(this, keyPressed, ended);
        lock (_lock) _listeners.Add(listener);
        return listener;
    }

    /// <summary>Presses one key (0-9, # or *) and waits until everyone who listens has dealt with it.</summary>
    public async Task PressAsync(char key)
    {
        foreach (var listener in Listeners()) await listener.KeyPressed(key);
    }

    public bool Answer()
    {
        lock (_lock)
        {
            if (_status is not (LegStatus.Queued or LegStatus.Ringing)) return false;
            _status = LegStatus.InProgress;
            return true;
        }
    }

    /// <summary>Ends the leg with a final status; false when it had ended before.</summary>
    public async Task<bool> EndAsync(LegStatus final)
    {
        lock (_lock)
        {
            if (_status is not (LegStatus.Queued or LegStatus.Ringing or LegStatus.InProgress)) return false;
            _status = final;
        }
        foreach (var listener in Listeners()) await listener.Ended();
        return true;
    }

    private Listener[] Listeners()
    {
        lock (_lock) return [.. _listeners];
    }

    private sealed class Listener(Leg leg, Func<char, Task> keyPressed, Func<Task> ended) : IDisposable
    {
        public Func<char, Task> KeyPressed { get; } = keyPressed;

        public Func<Task> Ended { get; } = ended;

        public void Dispose()
        {
            lock (leg._lock) leg._listeners.Remove(this);
        }
    }
}
