namespace AgentPay.Web.Tests.Load;

/// <summary>The system's clock with an offset. Timers run normally; only the current time, and so what is overdue, changes.</summary>
internal sealed class LoadClock(TimeSpan ahead) : TimeProvider
{
    private long _ahead = ahead.Ticks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _ahead));

    public void PutForward(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
