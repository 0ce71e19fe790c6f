using AgentPay.Web.Components.Parts;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace AgentPay.Web.Components.Payments;

/// <summary>Something worth telling that lies between two snapshots of a payment. Digits are not, but for the first of a field.</summary>
/// <param name="IsAlert">It needs the agent now.</param>
public sealed record PaymentMilestone(string Text, string Icon, Tone Tone = Tone.Quiet, bool IsAlert = false)
{
    /// <summary>In the order in which they happened, as far as that can be told.</summary>
    public static IEnumerable<PaymentMilestone> Between(PaymentSession before, PaymentSession after, IStringLocalizer<Words> l)
    {
        foreach (var (row, old) in after.Rows.Zip(before.Rows).OrderBy(pair => pair.First.IsOpen))
        {
            if (OfRow(row, old, after, l) is { } milestone) yield return milestone;
        }
        if (after.Agent != before.Agent) yield return new(l["{0} has taken over.", after.Agent], Icons.Material.Rounded.SwapHoriz);
        if (after.Phase != before.Phase && OfPhase(after, l) is { } entered) yield return entered;
        if (after.Refusal is { } code && before.Refusal != code) yield return new(OutcomeWords.Refusal(code, l), Icons.Material.Rounded.Error, Tone.Caution);
    }

    /// <summary>Where a payment stands, for those who come in the middle of it; null while a field is being asked for, which its row says.</summary>
    public static PaymentMilestone? OfPhase(PaymentSession session, IStringLocalizer<Words> l) => session.Phase switch
    {
        PaymentPhase.Ready => new(session.Plan.Charges ? l["Everything is captured: ready to take the payment."] : l["Everything is captured: ready to save the card."], Icons.Material.Rounded.TaskAlt, Tone.Good),
        PaymentPhase.Submitting => new(l["Sent to the payment gateway."], Icons.Material.Rounded.Send, Tone.Active),
        PaymentPhase.Cancelling => new(l["The payment is being cancelled."], Icons.Material.Rounded.Cancel, Tone.Active),
        PaymentPhase.Succeeded => new(session.Plan is { Amount: { } amount } ? l["Paid: {0}.", Amounts.Show(amount, session.Plan.Currency)] : l["The card is saved."], Icons.Material.Rounded.CheckCircle, Tone.Good),
        PaymentPhase.Cancelled => new(OutcomeWords.Of(session.Outcome, l).What, Icons.Material.Rounded.Cancel),
        PaymentPhase.Failed => new(Failure(OutcomeWords.Of(session.Outcome, l)), Icons.Material.Rounded.Error, Tone.Bad, IsAlert: session.Outcome?.Result == "caller-hung-up"),
        PaymentPhase.Unknown => new(l["The result is not confirmed. Do not charge again."], Icons.Material.Rounded.Help, Tone.Caution, IsAlert: true),
        _ => null,
    };

    /// <summary>A captured field: its brand and last digits where it has any.</summary>
    public static string Captured(CaptureRow row, string? cardType, IStringLocalizer<Words> l)
    {
        var name = FieldWords.Of(row.Field, l).Name;
        return MaskedEntry.LastDigits(row.Shown).Length > 0 ? l["{0} captured: {1}.", name, MaskedEntry.Of(row, cardType, l).Spoken] : l["{0} captured.", name];
    }

    private static string Failure(OutcomeWords words) => $"{words.What} {words.Money}";

    private static PaymentMilestone? OfRow(CaptureRow row, CaptureRow old, PaymentSession session, IStringLocalizer<Words> l)
    {
        var the = FieldWords.Of(row.Field, l).The;
        return row.Progress switch
        {
            FieldProgress.Asked when row.Asked != old.Asked => new(row.Asked > 1 ? l["Asked for {0} again.", the] : l["Asked for {0}.", the], Icons.Material.Rounded.Dialpad, Tone.Active),
            FieldProgress.Entering when old.Progress != FieldProgress.Entering => new(l["The caller has begun to enter {0}.", the], Icons.Material.Rounded.TouchApp, Tone.Active),
            FieldProgress.Captured when old.Progress != FieldProgress.Captured => new(Captured(row, session.CardType, l), Icons.Material.Rounded.Check, Tone.Good),
            FieldProgress.Rejected or FieldProgress.TimedOut when row.Progress != old.Progress =>
                new($"{FieldWords.Of(row.Field, l).Name}: {FieldWords.Problem(row.Error, l)}", Icons.Material.Rounded.Error, row.Progress == FieldProgress.TimedOut ? Tone.Caution : Tone.Bad),
            _ => null,
        };
    }
}
