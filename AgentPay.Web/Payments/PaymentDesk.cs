using AgentPay.Web.Sync;
using AgentPay.Web.Twilio;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>What an agent can do with payments. Each wish is answered with an outcome in words; only our own mistakes are thrown.</summary>
public sealed class PaymentDesk(PaymentFlow flow, PaymentStore store, CallPayments calls, PaymentPlanner planner, PaymentNews news, TimeProvider clock)
{
    /// <summary>Opens a payment on a call. There is one at a time on a call, and as many as wanted one after another.</summary>
    public Task<DeskAnswer> StartAsync(string agent, PaymentOrder order, CancellationToken cancellation) => Reach(async () =>
    {
        var (plan, problem) = planner.Plan(order);
        if (plan is null) return problem!;
        var session = PaymentSession.Start(PaymentId.New(clock.GetUtcNow()), agent, order.Call, order.Uui, plan, clock.GetUtcNow());
        if (!await calls.ClaimAsync(order.Call, session.Id, other => IsOverAsync(other, cancellation), cancellation)) return DeskAnswer.PaymentInProgress;
        var begun = await flow.BeginAsync(session, cancellation);
        if (begun.Payment is not null) news.Publish(new PaymentNotice.CaptureStarted(clock.GetUtcNow(), agent, order.Call));
        return new DeskAnswer.Done(begun);
    });

    /// <summary>Asks the caller for a field, for the first time or again.</summary>
    public Task<DeskAnswer> AskAsync(string agent, PaymentId payment, CaptureField field, CancellationToken cancellation) =>
        ActAsync(agent, payment, at => new FieldAsked(at, field), Asked, cancellation);

    /// <summary>Sends what was captured to the gateway.</summary>
    public Task<DeskAnswer> SubmitAsync(string agent, PaymentId payment, CancellationToken cancellation) =>
        ActAsync(agent, payment, at => new SubmitAsked(at), (session, _, at) => [new PaymentNotice.Submitted(at, agent, session.Call)], cancellation);

    public Task<DeskAnswer> CancelAsync(string agent, PaymentId payment, CancellationToken cancellation) =>
        ActAsync(agent, payment, at => new CancelAsked(at), (session, _, at) => [new PaymentNotice.Cancelled(at, agent, session.Call)], cancellation);

    /// <summary>Makes the payment the supervisor's own. The caller has checked that this is one.</summary>
    public Task<DeskAnswer> TakeOverAsync(string supervisor, PaymentId payment, CancellationToken cancellation) => Reach(async () =>
        await flow.HappenAsync(payment, new TakenOver(clock.GetUtcNow(), supervisor), cancellation) is not { } session ? DeskAnswer.NotFound
        : session.Agent == supervisor ? new DeskAnswer.Done(session)
        : DeskAnswer.TooLate);

    /// <summary>The payment, to its own agent alone; a supervisor looks with <paramref name="anybodys"/>.</summary>
    public Task<DeskAnswer> LookAsync(string agent, PaymentId payment, bool anybodys, CancellationToken cancellation) => Reach(async () =>
        await store.LoadAsync(payment, cancellation) is not { } session ? DeskAnswer.NotFound
        : anybodys || session.Agent == agent ? new DeskAnswer.Done(session)
        : DeskAnswer.NotYours);

    /// <summary>The payment on a call by Twilio's SID for it; null when it is not the latest of its call, or when Sync cannot say.</summary>
    public async Task<PaymentSession?> FindAsync(CallSid call, PaymentSid payment, CancellationToken cancellation)
    {
        try
        {
            return await calls.LatestAsync(call, cancellation) is { } latest && await store.LoadAsync(latest, cancellation) is { } session && session.Payment == payment ? session : null;
        }
        catch (Exception down) when (down is TwilioException or SyncNotReadyException)
        {
            return null;
        }
    }

    /// <summary>The call is over: so is the payment on it, unless it was submitted.</summary>
    public async Task CallEndedAsync(CallSid call, CancellationToken cancellation)
    {
        if (await calls.LatestAsync(call, cancellation) is { } payment) await flow.HappenAsync(payment, new CallEnded(clock.GetUtcNow()), cancellation);
    }

    private async Task<bool> IsOverAsync(PaymentId payment, CancellationToken cancellation) =>
        await store.LoadAsync(payment, cancellation) is null or { IsOver: true };

    private Task<DeskAnswer> ActAsync(
        string agent, PaymentId payment, Func<DateTimeOffset, PaymentEvent> wish, Func<PaymentSession, PaymentEvent, DateTimeOffset, IEnumerable<PaymentNotice>> notices, CancellationToken cancellation) => Reach(async () =>
    {
        if (await store.LoadAsync(payment, cancellation) is not { } before) return DeskAnswer.NotFound;
        if (before.Agent != agent) return DeskAnswer.NotYours;
        var happened = wish(clock.GetUtcNow());
        if (await flow.HappenAsync(payment, happened, cancellation) is not { } after) return DeskAnswer.NotFound;
        if (after.Version == before.Version && !Meets(after, happened)) return DeskAnswer.TooLate;
        if (after.Version != before.Version)
            foreach (var notice in notices(before, happened, happened.At)) news.Publish(notice);
        return new DeskAnswer.Done(after);
    });

    /// <summary>Whether the payment is where the wish leads already: a second press of the same button.</summary>
    private static bool Meets(PaymentSession session, PaymentEvent wish) => wish switch
    {
        SubmitAsked => session.Phase is PaymentPhase.Submitting or PaymentPhase.Succeeded,
        CancelAsked => session.Phase is PaymentPhase.Cancelling or PaymentPhase.Cancelled,
        FieldAsked asked => session.Current == asked.Field && session.Row(asked.Field)?.IsOpen == true,
        _ => false,
    };

    private static IEnumerable<PaymentNotice> Asked(PaymentSession before, PaymentEvent wish, DateTimeOffset at)
    {
        var field = ((FieldAsked)wish).Field;
        if (before.Row(field)?.Asked > 0) yield return new PaymentNotice.FieldReset(at, before.Agent, before.Call, field);
        yield return new PaymentNotice.FieldAsked(at, before.Agent, before.Call, field);
    }

    private static async Task<DeskAnswer> Reach(Func<Task<DeskAnswer>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception down) when (down is TwilioException or SyncNotReadyException)
        {
            return DeskAnswer.Unavailable;
        }
    }
}
