namespace AgentPay.Web.Sandbox.Pay;

// Waits for the next key of the caller. At most one timer runs.
// Used under the lock of the session; the elapsed timer takes this lock itself.
public sealed class InputTimer(TimeProvider clock, Lock sessionLock)
{
    private ITimer? _running;

    // Replaces the running timer, if there is one.
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

    // A key may arrive while the timer fires. Then another timer, or none, is current, and this one is ignored.
    private void Elapse(ITimer? timer, Action elapsed)
    {
        lock (sessionLock)
        {
            if (_running == timer) elapsed();
        }
    }
}
