namespace AgentPay.Web.Components.Live;

/// <summary>
/// Texts that screen readers announce: progress in one polite region, urgent messages in one alert region.
/// Components announce through this class and have no live regions of their own. One instance per circuit.
/// </summary>
public sealed class Announcer(TimeProvider clock) : IDisposable
{
    /// <summary>Of several announcements within this time, only the last is spoken.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private string _next = "";

    /// <summary>Raised on any thread when one of the two texts has changed.</summary>
    public event Action? Changed;

    public string Status { get; private set; } = "";

    public string Alert { get; private set; } = "";

    /// <summary>Announces progress or success, in a sentence.</summary>
    public void Say(string sentence)
    {
        lock (_lock)
        {
            _next = sentence;
            _timer ??= clock.CreateTimer(_ => Speak(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(Pause, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>
    /// Announces at once. Only for a call that ends during a payment, an unknown outcome, and a session that has expired.
    /// </summary>
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
