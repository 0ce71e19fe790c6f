using AgentPay.Web.Calls;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;

namespace AgentPay.Web.Components.Payments;

/// <summary>Runs the commands of the panel, one at a time: a second press of a button is ignored.</summary>
public sealed partial class PaymentPanel
{
    /// <summary>A take-over that moved the call, but not its payment.</summary>
    internal static readonly DeskAnswer.Refused CallIsYours = new(
        "payment-not-taken-over", "Twilio Sync is not responding, so the payment was not taken over. Press Take over again.");

    private async Task RunAsync(PanelCommand command)
    {
        if (command is PanelCommand.StopWaiting) StopWaiting();
        if (_running is not null || command is PanelCommand.StopWaiting) return;
        if (command is PanelCommand.OpenForm(var keepsDetails)) await ReturnToFormAsync(keepsDetails);
        else if (User is { IsAgent: true } user) await RunOnDeskAsync(command, user);
        else
        {
            StopWaiting();
            _refused = new("signed-out", "Your sign-in has ended. Sign in again, if you like in another tab: the payment continues.");
        }
    }

    private async Task ReturnToFormAsync(bool keepsDetails)
    {
        // The draft belongs to the first payment only.
        _form = keepsDetails && _session is { } failed
            ? PaymentFormValues.Of(failed.Plan, failed.IsSlow)
            : PaymentFormValues.Of(new() { Profile = _session?.Plan.Profile }, profiles);
        Close();
        FocusAfterRender("#amount");
        await ReportAsync();
    }

    private async Task RunOnDeskAsync(PanelCommand command, CurrentUser user)
    {
        PaymentOrder? order = null;
        if (command is PanelCommand.Start(var isConfirmedAgain))
        {
            if (_form.Order(Call.PstnSid, Call.Uui, L) is not { } valid)
            {
                FocusAfterRender("[aria-invalid=true]");
                return;
            }
            order = valid with { SeenCall = _openedCall, Caller = Call.Customer(), IsConfirmedAgain = isConfirmedAgain };
        }
        if (!ReferenceEquals(command, _waiting)) StopWaiting();
        (_running, _refused, _focusesOutcome) = (command, null, command is PanelCommand.Submit or PanelCommand.Cancel);
        _restarts = command is PanelCommand.RestartSlowly ? _session?.Id : null;
        StateHasChanged();
        try
        {
            // Not cancelled with the panel: a command completes or fails, but never stops half way.
            var answer = await SendAsync(command, order, user);
            // A snapshot may have shown the end meanwhile, and the agent may have begun the next payment.
            if (ReferenceEquals(_running, command)) await OnAnswerAsync(command, answer);
        }
        finally
        {
            if (ReferenceEquals(_running, command)) _running = null;
        }
    }

    private Task<DeskAnswer> SendAsync(PanelCommand command, PaymentOrder? order, CurrentUser user)
    {
        var (me, notCancelled) = (user.PrincipalName, CancellationToken.None);
        return (command, _session?.Id) switch
        {
            (PanelCommand.Start, _) => desk.StartAsync(me, order!, notCancelled),
            (PanelCommand.Ask ask, { } id) => desk.AskAsync(me, id, ask.Field, notCancelled),
            (PanelCommand.Submit, { } id) => desk.SubmitAsync(me, id, notCancelled),
            (PanelCommand.Cancel or PanelCommand.RestartSlowly, { } id) => desk.CancelAsync(me, id, notCancelled),
            (PanelCommand.SlowDown, { } id) => desk.SlowDownAsync(me, id, notCancelled),
            (PanelCommand.TryAgain, { } id) => desk.StartAgainAsync(me, id, notCancelled),
            (PanelCommand.CheckAgain, { } id) => desk.ReadAsync(user, id, Call.ClaimedBy, notCancelled),
            (PanelCommand.TakeOver, not null) => TakeOverAsync(user),
            _ => Task.FromResult<DeskAnswer>(DeskAnswer.TooLate),
        };
    }

    private async Task<DeskAnswer> TakeOverAsync(CurrentUser user)
    {
        var result = await handover.TakeOverAsync(user, Call, CancellationToken.None);
        if (result is { Claim: ClaimOutcome.Claimed, IsHalf: true }) return CallIsYours;
        if (result.Payment is not null) return result.Payment;
        return result.Claim.Problem(L) is { } problem ? new DeskAnswer.Refused("not-taken-over", problem) : DeskAnswer.NotFound;
    }

    private async Task OnAnswerAsync(PanelCommand command, DeskAnswer answer)
    {
        if (answer == DeskAnswer.Busy)
        {
            WaitAndRepeat(command);
            return;
        }
        StopWaiting();
        if (answer is DeskAnswer.Refused refused)
        {
            await OnRefusedAsync(command, refused);
            return;
        }
        await OpenAsync(((DeskAnswer.Done)answer).Payment);
        if (command is PanelCommand.Start or PanelCommand.TryAgain or PanelCommand.TakeOver) FocusAfterRender("[data-row]");
        if (command is PanelCommand.CheckAgain && _session is { Phase: PaymentPhase.Unknown })
        {
            _checkedAt = clock.GetUtcNow();
            announcer.Say(L["Still no result. Do not charge again."]);
        }
        else if (_session is { IsOver: true } && (_focusesOutcome || command is PanelCommand.CheckAgain))
        {
            _focusesOutcome = false;
            FocusAfterRender("[data-outcome]");
        }
    }

    private async Task OnRefusedAsync(PanelCommand command, DeskAnswer.Refused refused)
    {
        (_focusesOutcome, _restarts) = (false, null);
        _refused = command is PanelCommand.Start && _form.ShowRefusal(refused, L) ? null : refused;
        if (_refused is null) FocusAfterRender("[aria-invalid=true]");
        else if (refused.Code == DeskAnswer.AlreadyPaidCode)
        {
            // The question is answered by a start from the form, also when an earlier payment was to be tried again.
            if (command is PanelCommand.TryAgain) _form = PaymentFormValues.Of(_session!.Plan, _session.IsSlow);
            FocusAfterRender("[data-charge-again]");
        }
        // The screen may be out of date: another tab or agent may have been first.
        else if (refused != DeskAnswer.Unavailable) await LookAsync();
        // A payment that another tab has announced is written to Sync in a moment.
        if (_session is null && refused.Code == DeskAnswer.PaymentInProgress.Code) _timer?.Change(Soon, LookInterval);
    }
}
