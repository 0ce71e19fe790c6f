using AgentPay.Web.Payments;
using AgentPay.Web.Identity;

namespace AgentPay.Web.Components.Payments;

/// <summary>What the agent's presses come to. One at a time: a second press of the same button is none.</summary>
public sealed partial class PaymentPanel
{
    private async Task ActAsync(PaymentWish wish)
    {
        if (_wish is not null) return;
        if (wish is PaymentWish.Anew or PaymentWish.Change) await ReturnToFormAsync(wish);
        else if (User is not { IsAgent: true } user) _refused = new("signed-out", L["Your sign-in has ended. Sign in again, in another tab if you like: the payment goes on meanwhile."]);
        else await AskDeskAsync(wish, user);
    }

    private async Task ReturnToFormAsync(PaymentWish wish)
    {
        // A new payment begins empty: the draft has had its payment.
        _form = wish is PaymentWish.Change && _session is { } again ? PaymentFormValues.Of(again.Plan) : PaymentFormValues.Of(new() { Profile = _session?.Plan.Profile }, profiles);
        _focus = "[name=amount]";
        Leave();
        await TellAsync();
    }

    private async Task AskDeskAsync(PaymentWish wish, CurrentUser user)
    {
        var order = wish is PaymentWish.Start ? _form.Order(Call.PstnSid, Call.Uui, L) : null;
        if (wish is PaymentWish.Start && order is null)
        {
            _focus = "[aria-invalid]";
            return;
        }
        (_wish, _refused, _awaitsOutcome) = (wish, null, wish is PaymentWish.Submit or PaymentWish.Cancel);
        StateHasChanged();
        try
        {
            // Not cancelled with the panel: what has been pressed is done, or not, but never half.
            var answer = await SendAsync(wish, order, user, CancellationToken.None);
            // A snapshot may have shown the end meanwhile, and the agent gone on to the next payment.
            if (ReferenceEquals(_wish, wish)) await HearAsync(wish, answer);
        }
        finally
        {
            if (ReferenceEquals(_wish, wish)) _wish = null;
        }
    }

    private Task<DeskAnswer> SendAsync(PaymentWish wish, PaymentOrder? order, CurrentUser user, CancellationToken cancellation) => (wish, _session?.Id) switch
    {
        (PaymentWish.Start, _) => desk.StartAsync(user.PrincipalName, order!, cancellation),
        (PaymentWish.Ask ask, { } id) => desk.AskAsync(user.PrincipalName, id, ask.Field, cancellation),
        (PaymentWish.Submit, { } id) => desk.SubmitAsync(user.PrincipalName, id, cancellation),
        (PaymentWish.Cancel, { } id) => desk.CancelAsync(user.PrincipalName, id, cancellation),
        (PaymentWish.TryAgain, { } id) => desk.StartAgainAsync(user.PrincipalName, id, cancellation),
        (PaymentWish.Check, { } id) => desk.LookAsync(user, id, cancellation),
        (PaymentWish.TakeOver, { } id) => desk.TakeOverAsync(user, id, cancellation),
        _ => Task.FromResult<DeskAnswer>(DeskAnswer.TooLate),
    };

    private async Task HearAsync(PaymentWish wish, DeskAnswer answer)
    {
        if (answer is DeskAnswer.Refused refused)
        {
            _awaitsOutcome = false;
            _refused = wish is PaymentWish.Start && _form.Blame(refused, L) ? null : refused;
            if (_refused is null) _focus = "[aria-invalid]";
            // Things are not as they were shown: another tab or agent may have been first.
            else if (refused != DeskAnswer.Unavailable) await LookAsync();
            // A payment that has been announced elsewhere is written down in a moment.
            if (_session is null && refused.Code == DeskAnswer.PaymentInProgress.Code) _timer?.Change(Soon, LookInterval);
            return;
        }
        if (wish is PaymentWish.Start or PaymentWish.TryAgain) _focus = "[data-row]";
        await AdoptAsync(((DeskAnswer.Done)answer).Payment);
        if (wish is PaymentWish.Check && _session is { Phase: PaymentPhase.Unknown })
        {
            _checkedAt = clock.GetUtcNow();
            announcer.Say(L["Still no result. Do not charge again."]);
        }
        else if (_session is { IsOver: true } && (_awaitsOutcome || wish is PaymentWish.Check))
        {
            (_focus, _awaitsOutcome) = ("[data-outcome]", false);
        }
    }
}
