using AgentPay.Web.Components.Parts;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace AgentPay.Web.Components.Payments;

/// <summary>The main button of the panel in each phase.</summary>
/// <param name="Command">Null while the button cannot be pressed.</param>
/// <param name="IsBusy">Pressed, and no snapshot shows the result yet.</param>
/// <param name="IsRisky">Allowed but not recommended, so it is not shown as the primary button.</param>
public sealed record PrimaryAction(
    string Text, PanelCommand? Command = null, string? Icon = null, bool IsBusy = false, bool IsRisky = false)
{
    /// <summary>Null when the agent has nothing to do in this phase.</summary>
    public static PrimaryAction? Of(PaymentScreen screen, PaymentFormValues form, IStringLocalizer<Words> l) => screen switch
    {
        { Session: null } => OfForm(screen, form, l),
        { Session: { IsFinal: true } or { Closing: not null } } => AfterEnd(screen, screen.Session, l),
        { Session.Phase: PaymentPhase.Unknown } =>
            new(l["Check again"], new PanelCommand.CheckAgain(), Icons.Material.Rounded.Sync, screen.Running is not null),
        { MayDrive: false } => null,
        _ => InProgress(screen, screen.Session, l),
    };

    private static PrimaryAction OfForm(PaymentScreen screen, PaymentFormValues form, IStringLocalizer<Words> l)
    {
        if (screen.Running is not null) return Busy(l["Starting…"]);
        var text = form.IsToken ? l["Start: save the card"]
            : form.Charge is { } amount ? l["Start: {0}", Amounts.Show(amount, form.Currency.ToUpperInvariant())]
            : l["Start"];
        return new(text, screen.StartProblem is null ? new PanelCommand.Start() : null, Icons.Material.Rounded.PlayArrow);
    }

    private static PrimaryAction InProgress(PaymentScreen screen, PaymentSession session, IStringLocalizer<Words> l)
    {
        if (session.Phase == PaymentPhase.Starting) return Busy(l["Starting…"]);
        if (session is { Phase: PaymentPhase.Cancelling } or { Phase: PaymentPhase.Confirming, Pending.Action: PaymentAction.Cancel }
            || screen.Running is PanelCommand.Cancel) return Busy(l["Cancelling…"]);
        if (session.Phase == PaymentPhase.Confirming) return Waiting(l["Waiting for the caller to confirm"]);
        if (session.Phase == PaymentPhase.Submitting || screen.Running is PanelCommand.Submit) return Busy(Taking(session.Plan, l));
        if (session.Phase == PaymentPhase.Ready)
        {
            var submit = screen.IsDelayed || screen.IsBusy ? null : new PanelCommand.Submit();
            return new(Take(session.Plan, l), submit, Icons.Material.Rounded.CreditScore);
        }
        if (screen.Running is null && session.Rows.FirstOrDefault(row => row.IsOpen) is { } open)
            return Waiting(l["Waiting for {0}", FieldWords.Of(open.Field, l).The]);
        if (screen.IsBusy) return Busy(l["Asking…"]);
        return screen.NextField is { } next
            ? new(FieldWords.AskFor(next, session.Row(next)!.Asked > 0, l), new PanelCommand.Ask(next), Icons.Material.Rounded.Dialpad)
            : new(Take(session.Plan, l), Icon: Icons.Material.Rounded.CreditScore);
    }

    private static PrimaryAction? AfterEnd(PaymentScreen screen, PaymentSession session, IStringLocalizer<Words> l)
    {
        if (screen.StartProblem is not null) return null;
        if (screen.Running is PanelCommand.TryAgain) return Busy(l["Starting…"]);
        var result = PaymentResult.Of(session);
        if (result.Kind == ResultKind.Succeeded || !screen.MayDrive)
            return new(l["New payment"], new PanelCommand.OpenForm(false), Icons.Material.Rounded.Add, IsRisky: result.NeedsChecking);
        return result.Retry switch
        {
            RetryAdvice.Helps => new(l["Try again"], new PanelCommand.TryAgain(), Icons.Material.Rounded.Replay,
                IsRisky: result.NeedsChecking),
            RetryAdvice.AfterEdit => new(l["Edit and try again"], new PanelCommand.OpenForm(true), Icons.Material.Rounded.Edit),
            _ => null,
        };
    }

    private static PrimaryAction Waiting(string text) => new(text, Icon: Icons.Material.Rounded.HourglassTop);

    private static PrimaryAction Busy(string text) => new(text, IsBusy: true);

    private static string Take(PaymentPlan plan, IStringLocalizer<Words> l) =>
        plan.Amount is { } amount ? l["Take {0}", Amounts.Show(amount, plan.Currency)] : l["Save card"];

    private static string Taking(PaymentPlan plan, IStringLocalizer<Words> l) =>
        plan.Amount is { } amount ? l["Taking {0}…", Amounts.Show(amount, plan.Currency)] : l["Saving the card…"];
}
