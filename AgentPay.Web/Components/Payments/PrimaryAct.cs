using AgentPay.Web.Components.Parts;
using AgentPay.Web.Payments;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace AgentPay.Web.Components.Payments;

/// <summary>The one primary button, as the phase has it.</summary>
/// <param name="Wish">Null while there is nothing to press.</param>
/// <param name="IsBusy">Pressed, and no snapshot shows it yet.</param>
/// <param name="Doubt">Possible, and not to be done lightly: it is not the primary act.</param>
public sealed record PrimaryAct(string Text, PaymentWish? Wish = null, string? Icon = null, bool IsBusy = false, bool Doubt = false)
{
    /// <summary>Null when there is no such button: on a payment that is not this agent's to drive.</summary>
    public static PrimaryAct? Of(PaymentScreen screen, PaymentFormValues form, IStringLocalizer<Words> l) => screen switch
    {
        { Session: null } => Starting(screen, form, l),
        { Session.IsFinal: true } => AfterEnd(screen, l),
        { Session.Phase: PaymentPhase.Unknown } => new(l["Check again"], new PaymentWish.Check(), Icons.Material.Rounded.Sync, screen.Wish is not null),
        { MayDrive: false } => null,
        _ => During(screen, screen.Session, l),
    };

    private static PrimaryAct Starting(PaymentScreen screen, PaymentFormValues form, IStringLocalizer<Words> l) => screen.Wish is not null
        ? new(l["Starting…"], IsBusy: true)
        : new(
            form.IsToken ? l["Start: save the card"] : form.Charge is { } amount ? l["Start: {0}", Amounts.Show(amount, form.Currency.ToUpperInvariant())] : l["Start"],
            screen.Obstacle is null ? new PaymentWish.Start() : null,
            Icons.Material.Rounded.PlayArrow);

    private static PrimaryAct During(PaymentScreen screen, PaymentSession session, IStringLocalizer<Words> l) => session.Phase switch
    {
        PaymentPhase.Starting => new(l["Starting…"], IsBusy: true),
        PaymentPhase.Cancelling => new(l["Cancelling…"], IsBusy: true),
        _ when screen.Wish is PaymentWish.Cancel => new(l["Cancelling…"], IsBusy: true),
        PaymentPhase.Submitting => new(Taking(session.Plan, l), IsBusy: true),
        _ when screen.Wish is PaymentWish.Submit => new(Taking(session.Plan, l), IsBusy: true),
        PaymentPhase.Ready => new(Take(session.Plan, l), screen.IsDelayed || screen.IsBusy ? null : new PaymentWish.Submit(), Icons.Material.Rounded.CreditScore),
        _ when session.Rows.FirstOrDefault(row => row.IsOpen) is { } open && screen.Wish is null => new(l["Waiting for {0}", FieldWords.Of(open.Field, l).The], Icon: Icons.Material.Rounded.HourglassTop),
        _ when screen.IsBusy => new(l["Asking…"], IsBusy: true),
        _ when screen.Next is { } next => new(
            session.Row(next)!.Asked > 0 ? l["Ask for {0} again", FieldWords.Of(next, l).The] : l["Ask for {0}", FieldWords.Of(next, l).The], new PaymentWish.Ask(next), Icons.Material.Rounded.Dialpad),
        _ => new(Take(session.Plan, l), Icon: Icons.Material.Rounded.CreditScore),
    };

    private static PrimaryAct? AfterEnd(PaymentScreen screen, IStringLocalizer<Words> l)
    {
        if (screen.Session!.Phase == PaymentPhase.Succeeded || !screen.MayDrive) return screen.Obstacle is null ? new(l["New payment"], new PaymentWish.Anew(), Icons.Material.Rounded.Add) : null;
        if (screen.Wish is PaymentWish.TryAgain) return new(l["Starting…"], IsBusy: true);
        var words = OutcomeWords.Of(screen.Session.Outcome, l);
        return new(l["Try again"], screen.Obstacle is null ? new PaymentWish.TryAgain() : null, Icons.Material.Rounded.Replay, Doubt: !words.IsCertain);
    }

    private static string Take(PaymentPlan plan, IStringLocalizer<Words> l) =>
        plan.Amount is { } amount ? l["Take {0}", Amounts.Show(amount, plan.Currency)] : l["Save card"];

    private static string Taking(PaymentPlan plan, IStringLocalizer<Words> l) =>
        plan.Amount is { } amount ? l["Taking {0}…", Amounts.Show(amount, plan.Currency)] : l["Saving the card…"];
}
