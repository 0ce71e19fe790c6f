using AgentPay.Web.Payments;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Components.Payments;

/// <summary>Finds the payment of the call and follows it.</summary>
public sealed partial class PaymentPanel
{
    private bool MayLook => _running is null && (!IsViewOnly || User is { IsSupervisor: true } || _notVisible == DeskAnswer.Unavailable)
        && _session is null or { IsOver: true } && (!Call.HasEnded || _notVisible is not null);

    private FormDraft Kept => new(js, profiles, $"{Call.PstnSid} {Draft}");

    private async Task LoadAsync()
    {
        _form = await Kept.LoadAsync(Gone) ?? _form;
        await LookAsync();
    }

    private Task OnFormChangedAsync()
    {
        // What the agent is changing must not be started meanwhile.
        StopWaiting();
        // A question about what was typed before must not be answered for what is typed now.
        if (_refused is { Paid: not null }) _refused = null;
        // Only the first form of a call is kept: after a payment, a reload finds that payment instead.
        return _earlier.Count > 0 ? Task.CompletedTask : Kept.SaveAsync(_form, Gone);
    }

    private async Task LookAsync()
    {
        if (Gone.IsCancellationRequested || User is not { IsAgent: true } user) return;
        var answer = await desk.LatestAsync(user, Call.PstnSid, Call.ClaimedBy, Gone);
        // Once the panel has been loaded, a failed look changes nothing.
        if (answer != DeskAnswer.Unavailable || !_isLoaded)
            _notVisible = answer == DeskAnswer.NotFound ? null : answer as DeskAnswer.Refused;
        _isLoaded = true;
        if (answer is DeskAnswer.Done done)
        {
            if (_earlier.All(earlier => earlier.Id != done.Payment.Id)) await OpenAsync(done.Payment);
            KeepEarlier(done.Earlier);
        }
    }

    /// <summary>Shows a payment that is new to the panel, or a newer snapshot of the one that is shown.</summary>
    private async Task OpenAsync(PaymentSession session)
    {
        // A command completes even when the panel has left the screen.
        if (Gone.IsCancellationRequested) return;
        if (session.Id == _session?.Id)
        {
            if (session.Supersedes(_session)) Show(session);
            return;
        }
        Close();
        _session = session;
        Announce([_timeline.Begin(session)], mayAlert: false);
        _watch = Follow(feed, session.Id, ShowNext);
        await ReportAsync();
    }

    /// <returns>Whether the panel has to render: digits are rendered by the body alone.</returns>
    private bool ShowNext(PaymentSession next)
    {
        if (next.Id != _session?.Id || IsOvertaken(next)) return false;
        var isBodyAlone = _body is not null && PaymentBody.DiffersInDigitsOnly(_session, next);
        Show(next);
        if (isBodyAlone) _body!.ShowDigits(next);
        return !isBodyAlone;
    }

    /// <summary>Whether the answer to a command has shown something newer, and the feed is about to deliver that as well.</summary>
    private bool IsOvertaken(PaymentSession next) =>
        !next.Supersedes(_session!) && feed.Latest(next.Id) is { } latest && !ReferenceEquals(latest, next);

    /// <summary>Shows every snapshot, even one with a lower version: the one before may not have been written to Sync.</summary>
    private void Show(PaymentSession next)
    {
        var before = _session!;
        _session = next;
        if (next.Phase != before.Phase) _refused = null;
        Announce(_timeline.Append(before, next, clock.GetUtcNow()), mayAlert: true);
        // The end answers every command; the desk's own answer also waits for the records.
        if (next.IsOver && !before.IsOver) _running = null;
        if (next is { Phase: PaymentPhase.Cancelled } && _restarts == next.Id)
        {
            _restarts = null;
            _ = OnCircuitAsync(() => RunAsync(new PanelCommand.TryAgain()));
        }
        if (next.IsOver && _focusesOutcome)
        {
            _focusesOutcome = false;
            FocusAfterRender("[data-outcome]");
        }
        _ = ReportAsync();
    }

    /// <summary>Returns to the form and lists a payment that is over as an earlier one.</summary>
    private void Close()
    {
        StopWaiting();
        _watch?.Dispose();
        if (_session is { IsOver: true } over) KeepEarlier([HistoryRecord.Of(over)]);
        (_session, _checkedAt, _refused) = (null, null, null);
    }

    private void KeepEarlier(IEnumerable<HistoryRecord> payments)
    {
        _earlier.AddRange(payments.ExceptBy(_earlier.Select(known => known.Id), payment => payment.Id));
        _earlier.Sort((one, other) => one.Started.CompareTo(other.Started));
    }

    private void Announce(IReadOnlyList<TimelineEntry> entries, bool mayAlert)
    {
        if (entries.Count == 0 || Hidden is not null) return;
        var sentences = string.Join(' ', entries.Select(entry => entry.Text));
        if (mayAlert && entries.Any(entry => entry.IsAlert)) announcer.Warn(sentences);
        else announcer.Say(sentences);
    }

    private void OnHealth(FeedHealth health)
    {
        if (_health?.IsLive != health.IsLive && (_health is not null || !health.IsLive))
            announcer.Say(health.IsLive ? L["Updates are back."] : L["Updates are delayed."]);
        _health = health;
    }

    private Task ReportAsync()
    {
        var shown = Hidden is null ? _session : null;
        (PaymentId, PaymentPhase, string)? now = shown is null ? null : (shown.Id, shown.Phase, shown.Agent);
        if (now == _reported) return Task.CompletedTask;
        _reported = now;
        return OnPayment.InvokeAsync(shown);
    }
}
