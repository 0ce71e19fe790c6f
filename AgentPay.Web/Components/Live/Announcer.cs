namespace AgentPay.Web.Components.Live;

/// <summary>
/// What a screen reader is told: milestones into the one polite region, what needs action now into the one alert region.
/// Components say it here and own no live regions themselves. One a circuit.
/// </summary>
public sealed class Announcer(TimeProvider clock) : IDisposable
{
    /// <summary>Of several things said within this time, only the last is spoken.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private string _next = "";

    /// <summary>One of the two texts has changed. Raised on any thread.</summary>
    public event Action? Changed;

    public string Status { get; private set; } = "";

    public string Alert { get; private set; } = "";

    /// <summary>Progress and success, a sentence.</summary>
    public void Say(string sentence)
    {
        lock (_lock)
        {
            _next = sentence;
            _timer ??= clock.CreateTimer(_ => Speak(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(Pause, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Only for a call that ended in the middle of a payment, an outcome that is not known, and a session that has expired.</summary>
    public void Warn(string sentence)
    {
        lock (_lock) Alert = sentence;
        Changed?.Invoke();
    }

    public void Dispose() => _timer?.Dispose();

    private void Speak()
    {
        lock (_lock) Status = _next;
        Changed?.Invoke();
    }
}
