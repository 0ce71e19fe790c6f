namespace AgentPay.Web.Sandbox.Pay;

/// <summary>How long a session waits for the caller's next key: one wait at a time. Used under the session's lock, which it takes itself when time is up.</summary>
public sealed class PauseTimer(TimeProvider clock, Lock sessionLock)
{
    private ITimer? _running;

    /// <summary>In place of the wait before, if there is one.</summary>
    public void Start(TimeSpan span, Action elapsed)
    {
        Stop();
        ITimer? timer = null;
        timer = clock.CreateTimer(_ => Elapse(timer, elapsed), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _running = timer;
        timer.Change(span, Timeout.InfiniteTimeSpan);
    }

    public void Stop()
    {
        _running?.Dispose();
        _running = null;
    }

    /// <summary>A key may have come while the timer was already firing: then it is no longer the one that is waited for.</summary>
    private void Elapse(ITimer? timer, Action elapsed)
    {
        lock (sessionLock)
        {
            if (_running == timer) elapsed();
        }
    }
}
