using AgentPay.Web.Payments;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Components.Payments;

/// <summary>How the panel comes by its payment, and follows it.</summary>
public sealed partial class PaymentPanel
{
    private bool IsFree => _wish is null && _session is null or { IsOver: true } && (!Call.HasEnded || _unseen is not null);

    private async Task BeginAsync()
    {
        await LookAsync();
        // Only the first form of a call is kept over reloads: any later one comes after a payment, which is found instead.
        if (_session is null && _keys is not null) await _keys.RememberAsync($"{Call.PstnSid} {Draft}");
    }

    private async Task LookAsync()
    {
        if (_gone.IsCancellationRequested || User is not { IsAgent: true } user) return;
        var answer = await desk.LatestAsync(user, Call.PstnSid, _gone);
        // Once something has been seen, a look that fails changes nothing.
        if (answer != DeskAnswer.Unavailable || !_isLooked) _unseen = answer == DeskAnswer.NotFound ? null : answer as DeskAnswer.Refused;
        _isLooked = true;
        if (answer is DeskAnswer.Done done && _earlier.All(earlier => earlier.Id != done.Payment.Id)) await AdoptAsync(done.Payment);
        StateHasChanged();
    }

    /// <summary>Shows a payment that is new to the panel, or what an answer says of the one that is shown.</summary>
    private async Task AdoptAsync(PaymentSession session)
    {
        // What was pressed is answered even when the panel has left the screen meanwhile.
        if (_gone.IsCancellationRequested) return;
        if (session.Id == _session?.Id)
        {
            if (session.Supersedes(_session)) Show(session);
            return;
        }
        Leave();
        _session = session;
        Announce(_moments.Begin(session), isNew: false);
        _watch = Watch(feed, session.Id, Show);
        await TellAsync();
    }

    /// <summary>What the feed says holds, whatever its number: what was shown before may not have been written.</summary>
    private void Show(PaymentSession next)
    {
        if (next.Id != _session?.Id) return;
        var before = _session;
        _session = next;
        if (next.Phase != before.Phase) _refused = null;
        Announce(_moments.Follow(before, next, clock.GetUtcNow()), isNew: true);
        LogWordless(before, next);
        if (next.IsOver && _awaitsOutcome) (_focus, _awaitsOutcome) = ("[data-outcome]", false);
        // The end answers whatever was asked; the desk's own answer waits for records as well.
        if (next.IsOver && !before.IsOver) _wish = null;
        _ = TellAsync();
    }

    /// <summary>Back to the form; a payment that is over is listed below it.</summary>
    private void Leave()
    {
        _watch?.Dispose();
        if (_session is { IsOver: true } over) _earlier.Add(over);
        (_session, _checkedAt, _refused) = (null, null, null);
    }

    private void Announce(IReadOnlyList<PaymentMilestone> news, bool isNew)
    {
        if (news.Count == 0 || Unseen is not null) return;
        var sentences = string.Join(' ', news.Select(what => what.Text));
        if (isNew && news.Any(what => what.IsAlert)) announcer.Warn(sentences);
        else announcer.Say(sentences);
    }

    private void HearHealth(FeedHealth health)
    {
        if (_health?.IsLive != health.IsLive && (_health is not null || !health.IsLive))
            announcer.Say(health.IsLive ? L["Updates are back."] : L["Updates are delayed."]);
        _health = health;
    }

    private void LogWordless(PaymentSession before, PaymentSession next)
    {
        if (next.Phase is PaymentPhase.Failed && before.Phase != next.Phase && !OutcomeWords.IsKnown(next.Outcome))
            log.NoWordsForOutcome(next.Id, next.Outcome?.Result, next.Outcome?.Code, next.Outcome?.ConnectorError);
        foreach (var row in next.Rows.Where(row => row.Error is { } error && !FieldWords.IsKnown(error) && before.Row(row.Field)?.Error != error))
            log.NoWordsForEntry(row.Error!);
    }

    private Task TellAsync()
    {
        (PaymentId, PaymentPhase)? now = _session is { } session && Unseen is null ? (session.Id, session.Phase) : null;
        if (now == _told) return Task.CompletedTask;
        _told = now;
        return OnPayment.InvokeAsync(now is null ? null : _session);
    }

    /// <summary>Work that nobody awaits: its faults are the panel's, and it ends with the panel.</summary>
    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The panel has left the screen.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }
}
