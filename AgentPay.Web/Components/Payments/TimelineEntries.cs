using AgentPay.Web.Components.Parts;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace AgentPay.Web.Components.Payments;

/// <summary>The steps of one payment, newest last, derived from the differences between its snapshots.</summary>
public sealed class TimelineEntries(IStringLocalizer<Words> l)
{
    private readonly List<TimelineEntry> _all = [];

    public IReadOnlyList<TimelineEntry> All => _all;

    /// <summary>Replaces all entries by what the session itself tells about its past.</summary>
    /// <returns>The entry that describes the current state.</returns>
    public TimelineEntry Begin(PaymentSession session)
    {
        _all.Clear();
        var starter = AgentName.Of(AgentChange.StarterOf(session.Agent, session.AgentChanges), null);
        _all.Add(new(l["Started by {0}.", starter], Icons.Material.Rounded.PlayArrow, At: session.StartedAt));
        foreach (var row in session.Rows)
        {
            if (row.Progress == FieldProgress.Captured) _all.Add(Captured(row, session));
            else if (row.Error is not null) _all.Add(NotAccepted(row));
        }
        if (session.IsSlow) _all.Add(SlowedDown(session));
        foreach (var step in session.RecordingSteps ?? []) _all.Add(Recording(step));
        foreach (var change in session.AgentChanges ?? []) _all.Add(ChangedHands(change));
        if ((OfPhase(session) ?? OfCurrentField(session)) is { } current) _all.Add(current);
        var state = _all[^1];
        if (session.Receipt is { } receipt) _all.Add(OfReceipt(receipt));
        return state;
    }

    /// <summary>Appends the entries for what happened between two snapshots, and returns them.</summary>
    public IReadOnlyList<TimelineEntry> Append(PaymentSession before, PaymentSession after, DateTimeOffset at)
    {
        TimelineEntry[] added = [.. Between(before, after).Select(entry => entry with { At = at })];
        _all.AddRange(added);
        return added;
    }

    private IEnumerable<TimelineEntry> Between(PaymentSession before, PaymentSession after)
    {
        var rows = after.Rows.Zip(before.Rows).OrderBy(pair => pair.First.IsOpen).SelectMany(pair => OfRow(pair.First, pair.Second, after));
        foreach (var entry in rows) yield return entry;
        foreach (var step in (after.RecordingSteps ?? []).Skip(before.RecordingSteps?.Count ?? 0)) yield return Recording(step);
        if (after.SlowedAt is not null && before.SlowedAt is null) yield return SlowedDown(after);
        foreach (var change in (after.AgentChanges ?? []).Skip(before.AgentChanges?.Count ?? 0)) yield return ChangedHands(change);
        if (after.Phase != before.Phase && OfPhase(after) is { } entered) yield return entered;
        if (after.Receipt is { State: not ReceiptState.Sending } receipt && receipt != before.Receipt) yield return OfReceipt(receipt);
        if (after.Closing is { } closing && before.Closing != closing)
        {
            var what = l[PaymentResult.Of(after).What];
            yield return Ended(after) with { Text = $"{what} {l["Closed by {0}.", AgentName.Of(closing.By, null)]}" };
        }
        if (after.Refusal is { } code && before.Refusal != code)
            yield return new(l[PaymentResult.RefusalOf(code)], Icons.Material.Rounded.Error, Tone.Caution);
    }

    private IEnumerable<TimelineEntry> OfRow(CaptureRow row, CaptureRow old, PaymentSession session)
    {
        var isAskedAnew = row.Progress == FieldProgress.Asked && row.Asked != old.Asked;
        // With attempts left, the rejection and the next request arrive in one snapshot.
        var isRejected = row.Progress is FieldProgress.Rejected or FieldProgress.TimedOut
            ? row.Progress != old.Progress
            : isAskedAnew && row.Error is not null;
        if (isRejected) yield return NotAccepted(row);
        if (isAskedAnew) yield return AskedFor(row);
        if (row.Progress == FieldProgress.Captured && old.Progress != FieldProgress.Captured) yield return Captured(row, session);
        if (row.Progress == FieldProgress.Entering && old.Progress != FieldProgress.Entering)
            yield return Active(l["The caller has begun to enter {0}.", FieldWords.Of(row.Field, l).The], Icons.Material.Rounded.TouchApp);
    }

    /// <summary>Null while a field is asked for: its row tells that.</summary>
    private TimelineEntry? OfPhase(PaymentSession session) => session.Phase switch
    {
        PaymentPhase.Ready => new(
            session.Plan.Charges
                ? l["Everything is captured: ready to take the payment."]
                : l["Everything is captured: ready to save the card."],
            Icons.Material.Rounded.TaskAlt, Tone.Good, At: session.PhaseSince),
        PaymentPhase.Confirming =>
            Active(l["The caller is asked to confirm by pressing 1."], Icons.Material.Rounded.Dialpad, session.PhaseSince),
        PaymentPhase.Submitting => Active(l["Sent to the payment gateway."], Icons.Material.Rounded.Send, session.PhaseSince),
        PaymentPhase.Cancelling => Active(l["The payment is being cancelled."], Icons.Material.Rounded.Cancel, session.PhaseSince),
        _ when session.IsOver => Ended(session),
        _ => null,
    };

    private TimelineEntry Ended(PaymentSession session)
    {
        var result = PaymentResult.Of(session);
        var text = session switch
        {
            { Phase: PaymentPhase.Succeeded, Plan.Amount: { } amount } => l["Paid: {0}.", Amounts.Show(amount, session.Plan.Currency)],
            { Phase: PaymentPhase.Succeeded } => l["The card is saved."],
            { Phase: PaymentPhase.Failed } => $"{l[result.What]} {l[result.Money]}",
            _ => l[result.What],
        };
        var isAlert = session is { Phase: PaymentPhase.Unknown, Closing: null }
            or { Phase: PaymentPhase.Failed, Outcome.Result: "caller-hung-up" };
        return new(text, Tones.IconOf(result.Kind), Tones.Of(result.Kind), isAlert, session.Closing?.At ?? session.PhaseSince);
    }

    private TimelineEntry? OfCurrentField(PaymentSession session)
    {
        if (session.Current is not { } field || session.Row(field) is not { IsOpen: true } row) return null;
        var isFirst = row.Asked <= 1 && session.Rows.Count(other => other.Asked > 0) <= 1;
        return AskedFor(row) with { At = isFirst ? session.PhaseSince : null };
    }

    private TimelineEntry ChangedHands(AgentChange change)
    {
        var (from, to) = (AgentName.Of(change.From, null), AgentName.Of(change.To, null));
        var text = change.Kind == AgentChangeKind.TakenOver
            ? l["{0} took over the payment from {1}.", to, from]
            : change.IsTransfer ? l["{0} took the payment with the call that {1} transferred.", to, from]
            : l["{0} handed the payment over to {1}.", from, to];
        return new(text, Icons.Material.Rounded.SwapHoriz, At: change.At);
    }

    private TimelineEntry SlowedDown(PaymentSession session) =>
        new(l["Slow keying: the caller has more time."], Icons.Material.Rounded.MoreTime, At: session.SlowedAt ?? session.StartedAt);

    private TimelineEntry Recording(RecordingStep step)
    {
        var (icon, tone) = step.Kind switch
        {
            RecordingStepKind.NotPaused or RecordingStepKind.NotResumed
                or RecordingStepKind.StartNotAccepted or RecordingStepKind.EndNotAccepted => (Icons.Material.Rounded.Error, Tone.Caution),
            RecordingStepKind.StartAccepted or RecordingStepKind.EndAccepted => (Icons.Material.Rounded.SettingsPhone, Tone.Quiet),
            RecordingStepKind.Resumed => (Icons.Material.Rounded.FiberManualRecord, Tone.Quiet),
            _ => (Icons.Material.Rounded.PauseCircle, Tone.Quiet),
        };
        return new(RecordingWords.Of(step.Kind, l), icon, tone, IsAlert: tone == Tone.Caution, step.At);
    }

    private TimelineEntry OfReceipt(SmsReceipt receipt)
    {
        var (text, tone, icon) = ReceiptWords.Of(receipt, receipt.State, l);
        return new(text, icon, tone, At: receipt.At);
    }

    private TimelineEntry AskedFor(CaptureRow row) =>
        Active(FieldWords.AskedFor(row.Field, row.Asked > 1, l), Icons.Material.Rounded.Dialpad);

    private TimelineEntry NotAccepted(CaptureRow row) => new(
        $"{FieldWords.Of(row.Field, l).Name}: {l[EntryProblem.Of(row.Error).ToAgent]}", Icons.Material.Rounded.Error,
        row.Error is "input-timeout" ? Tone.Caution : Tone.Bad);

    private TimelineEntry Captured(CaptureRow row, PaymentSession session)
    {
        var name = FieldWords.Of(row.Field, l).Name;
        var text = MaskedEntry.LastDigits(row.Shown).Length > 0
            ? l["{0} captured: {1}.", name, FieldWords.Spoken(row, session.CardType, l)]
            : l["{0} captured.", name];
        return new(text, Icons.Material.Rounded.Check, Tone.Good);
    }

    private static TimelineEntry Active(string text, string icon, DateTimeOffset? at = null) => new(text, icon, Tone.Active, At: at);
}
