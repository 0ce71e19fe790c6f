using AgentPay.Web.Components.Live;
using AgentPay.Web.Handover;
using Microsoft.AspNetCore.Components;

namespace AgentPay.Web.Components.Calls;

/// <summary>Reports the viewer as a colleague who can be given calls, while the console is open. Renders nothing.</summary>
public sealed class PresenceReport(Colleagues colleagues, TimeProvider time) : LiveComponent
{
    private ITimer? _timer;

    protected override void OnLive()
    {
        _timer = time.CreateTimer(_ => _ = OnCircuitAsync(ReportAsync), null, Colleagues.Interval, Colleagues.Interval);
        _ = OnCircuitAsync(ReportAsync);
    }

    protected override ValueTask OnGoneAsync() => _timer?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Not cancelled with the page: a reload would lose the report and not make another within the interval.
    private Task ReportAsync() => User is null ? Task.CompletedTask : colleagues.ReportAsync(User, CancellationToken.None);
}
