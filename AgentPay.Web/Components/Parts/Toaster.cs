namespace AgentPay.Web.Components.Parts;

/// <summary>
/// Short messages about side effects, such as "Copied". One at a time, for a few seconds; one instance per circuit.
/// MudBlazor's snackbar writes a style element per message, which the Content Security Policy refuses.
/// </summary>
public sealed class Toaster(TimeProvider clock) : IDisposable
{
    /// <summary>How long a message stays on the screen.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    private readonly Lock _lock = new();
    private ITimer? _timer;

    /// <summary>Raised on any thread when <see cref="Latest"/> has changed.</summary>
    public event Action? Changed;

    /// <summary>The message on the screen; null when there is none.</summary>
    public (string Text, Tone Tone)? Latest { get; private set; }

    public void Show(string text, Tone tone)
    {
        lock (_lock)
        {
            Latest = (text, tone);
            _timer ??= clock.CreateTimer(_ => Clear(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(Duration, Timeout.InfiniteTimeSpan);
        }
        Changed?.Invoke();
    }

    public void Dispose() => _timer?.Dispose();

    private void Clear()
    {
        lock (_lock) Latest = null;
        Changed?.Invoke();
    }
}
