using AgentPay.Web.Payments;

namespace AgentPay.Web.Components.Payments;

/// <summary>Repeats a start that was refused because AgentPay is busy, until it succeeds, the agent stops it or the call ends.</summary>
public sealed partial class PaymentPanel
{
    /// <summary>About two minutes. After that, the agent decides.</summary>
    internal const int MaxRepeats = 40;

    private ITimer? _retry;
    private PanelCommand? _waiting;
    private int _repeats;

    /// <summary>The running command, as far as the screen shows it: the button does not change while a start is repeated.</summary>
    private PanelCommand? Shown => ReferenceEquals(_running, _waiting) ? null : _running;

    private void WaitAndRepeat(PanelCommand command)
    {
        _refused = DeskAnswer.Busy;
        if (_waiting is null) announcer.Say(L["Busy. AgentPay tries again by itself."]);
        if (++_repeats > MaxRepeats || Gone.IsCancellationRequested)
        {
            EndWait();
            return;
        }
        _waiting = command;
        _retry ??= clock.CreateTimer(_ => _ = OnCircuitAsync(RepeatAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _retry.Change(DeskAnswer.BusyWait, Timeout.InfiniteTimeSpan);
    }

    private Task RepeatAsync() => _waiting is { } command ? RunAsync(command) : Task.CompletedTask;

    private void StopWaiting()
    {
        if (_waiting is not null) _refused = null;
        EndWait();
    }

    private void EndWait()
    {
        _retry?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        (_waiting, _repeats) = (null, 0);
    }
}
