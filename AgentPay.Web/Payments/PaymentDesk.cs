using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>
/// The commands of agents on payments. Each command returns a <see cref="DeskAnswer"/>; an exception is a bug. The first argument is the
/// signed-in user. Commands on another agent's payment are refused.
/// </summary>
public sealed class PaymentDesk(
    PaymentFlow flow,
    PaymentStore store,
    CallPayments calls,
    PaymentPlanner planner,
    DuplicatePayments duplicates,
    PaymentAdmission admission,
    TimeProvider clock)
{
    /// <summary>
    /// Starts a payment on a call. Refused while another payment runs on the call, after one with an unknown outcome, and while AgentPay
    /// is busy.
    /// </summary>
    public Task<DeskAnswer> StartAsync(string agent, PaymentOrder order, CancellationToken cancellation) => WithTimeoutAsync(async () =>
    {
        if (order.SeenCall is { } seen && seen != order.Call) return DeskAnswer.OtherCall;
        var (plan, problem) = planner.Plan(order);
        return plan is null ? problem! : await BeginAsync(agent, order.Call, order.Uui, order.Caller, plan, cancellation);
    });

    /// <summary>
    /// Repeats a failed or cancelled payment, with the same plan on the same call. Refused after an unknown outcome.
    /// </summary>
    public Task<DeskAnswer> StartAgainAsync(string agent, PaymentId payment, CancellationToken cancellation) => WithTimeoutAsync(async () =>
        // Waits for pending changes: the end of the payment may be shown before it is stored.
        await flow.RefreshAsync(payment, cancellation) is not { } session ? DeskAnswer.NotFound
        : session.Agent != agent ? DeskAnswer.NotYours
        : session.Phase is not (PaymentPhase.Failed or PaymentPhase.Cancelled) && session.Closing is not { IsCharged: false }
            ? DeskAnswer.TooLate
        : planner.ProblemOf(session.Plan) is { } problem ? problem
        : await BeginAsync(agent, session.Call, session.Uui, session.Caller, planner.PlanAgain(session), cancellation));

    /// <summary>Asks the caller for a field. A field can be asked again.</summary>
    public Task<DeskAnswer> AskAsync(string agent, PaymentId payment, CaptureField field, CancellationToken cancellation) =>
        ActAsync(agent, payment, new FieldAsked(clock.GetUtcNow(), field), cancellation);

    /// <summary>Submits the captured fields to the gateway.</summary>
    public Task<DeskAnswer> SubmitAsync(string agent, PaymentId payment, CancellationToken cancellation) =>
        ActAsync(agent, payment, new SubmitAsked(clock.GetUtcNow()), cancellation);

    /// <summary>Cancels the payment before it is submitted.</summary>
    public Task<DeskAnswer> CancelAsync(string agent, PaymentId payment, CancellationToken cancellation) =>
        ActAsync(agent, payment, new CancelAsked(clock.GetUtcNow()), cancellation);

    /// <summary>Switches the payment to slow-keying mode, for the fields that are still to be entered.</summary>
    public Task<DeskAnswer> SlowDownAsync(string agent, PaymentId payment, CancellationToken cancellation) =>
        ActAsync(agent, payment, new SlowKeyingAsked(clock.GetUtcNow()), cancellation);

    /// <summary>Transfers the payment to the supervisor. Refused if the user is not a supervisor.</summary>
    public Task<DeskAnswer> TakeOverAsync(CurrentUser supervisor, PaymentId payment, CancellationToken cancellation) =>
        TakeOverAsync(supervisor, payment, null, cancellation);

    /// <inheritdoc cref="TakeOverAsync(CurrentUser, PaymentId, CancellationToken)"/>
    /// <param name="claim">Number of the claim that the payment follows; null when the call is not claimed.</param>
    public Task<DeskAnswer> TakeOverAsync(CurrentUser supervisor, PaymentId payment, int? claim, CancellationToken cancellation) =>
        WithTimeoutAsync(async () =>
        {
            if (!supervisor.IsSupervisor) return DeskAnswer.NotYours;
            var command = new TakenOver(clock.GetUtcNow(), supervisor.PrincipalName, claim);
            if (await flow.ApplyAsync(payment, command, by: null, cancellation) is not { After: var session }) return DeskAnswer.NotFound;
            return session.Agent == supervisor.PrincipalName ? new DeskAnswer.Done(session) : DeskAnswer.TooLate;
        });

    /// <summary>Transfers the agent's payment to a colleague.</summary>
    /// <param name="to">Principal name of the colleague.</param>
    /// <param name="claim">Number of the claim that the payment follows.</param>
    public Task<DeskAnswer> HandOverAsync(string agent, PaymentId payment, string to, int claim, CancellationToken cancellation) =>
        ActAsync(agent, payment, new HandedOver(clock.GetUtcNow(), to, claim), cancellation);

    /// <summary>Moves the agent's payment to the agent who took the call after a transfer by the PBX.</summary>
    /// <inheritdoc cref="HandOverAsync"/>
    public Task<DeskAnswer> TransferAsync(string agent, PaymentId payment, string to, int claim, CancellationToken cancellation) =>
        ActAsync(agent, payment, new HandedOver(clock.GetUtcNow(), to, claim, IsTransfer: true), cancellation);

    /// <summary>Returns the payment if the viewer may see it: see <see cref="PaymentSession.IsVisibleTo"/>.</summary>
    public Task<DeskAnswer> ReadAsync(CurrentUser viewer, PaymentId payment, CancellationToken cancellation) =>
        ReadAsync(viewer, payment, null, cancellation);

    /// <inheritdoc cref="ReadAsync(CurrentUser, PaymentId, CancellationToken)"/>
    /// <param name="holder">Principal name of the agent who has claimed the call; null when it is not claimed.</param>
    public Task<DeskAnswer> ReadAsync(CurrentUser viewer, PaymentId payment, string? holder, CancellationToken cancellation) =>
        WithTimeoutAsync(async () =>
        {
            // Another instance may have received the outcome of a payment that is unknown here.
            var session = await FindAsync(payment, s => s.Phase != PaymentPhase.Unknown && s.IsVisibleTo(viewer, holder), cancellation);
            if (session is null) return DeskAnswer.NotFound;
            return session.IsVisibleTo(viewer, holder) ? new DeskAnswer.Done(session) : DeskAnswer.NotYours;
        });

    /// <summary>
    /// Returns the latest payment of a call and the earlier ones, if the viewer may see them. Returns <see cref="DeskAnswer.NotFound"/>
    /// when the call has had no payment, or when another agent's payment is over. The agent who has claimed the call sees a payment
    /// that succeeded.
    /// </summary>
    /// <param name="holder">Principal name of the agent who has claimed the call; null when it is not claimed.</param>
    public Task<DeskAnswer> LatestAsync(CurrentUser viewer, CallSid call, string? holder, CancellationToken cancellation) =>
        WithTimeoutAsync(async () =>
        {
            if (await calls.FindAsync(call, cancellation) is not { } found) return DeskAnswer.NotFound;
            var answer = await ReadAsync(viewer, found.Payment, holder, cancellation);
            if (answer is DeskAnswer.Done(var payment))
            {
                var isForOthers = !viewer.IsSupervisor && !payment.WasHeldBy(viewer.PrincipalName);
                return isForOthers && payment.Phase is PaymentPhase.Failed or PaymentPhase.Cancelled
                    ? DeskAnswer.NotFound
                    : new DeskAnswer.Done(payment) { Earlier = found.Earlier ?? [] };
            }
            var isOver = answer == DeskAnswer.NotYours && await store.LoadAsync(found.Payment, cancellation) is null or { IsFinal: true };
            return isOver ? DeskAnswer.NotFound : answer;
        });

    /// <summary>Ends the payment on a call that has ended, unless it was submitted.</summary>
    internal async Task CallEndedAsync(CallSid call, CancellationToken cancellation)
    {
        if (await calls.LatestAsync(call, cancellation) is not { } payment) return;
        await flow.ApplyAsync(payment, new CallEnded(clock.GetUtcNow()), by: null, cancellation);
    }

    /// <summary>Returns the payment in memory if it is sufficient; otherwise reads it from Sync.</summary>
    private async Task<PaymentSession?> FindAsync(
        PaymentId payment, Func<PaymentSession, bool> isSufficient, CancellationToken cancellation) =>
        await store.LoadAsync(payment, cancellation) is { } known && isSufficient(known)
            ? known
            : await flow.RefreshAsync(payment, cancellation);

    private async Task<DeskAnswer> BeginAsync(
        string agent, CallSid call, string? uui, string? caller, PaymentPlan plan, CancellationToken cancellation)
    {
        PaymentSession? other = null;
        async Task<PaymentSession?> FindOtherAsync(PaymentId id) => other = await FindAsync(id, s => s.IsFinal, cancellation);
        // Comes first, because the check for duplicates reads maps that all starts share.
        using var admitted = admission.TryAdmit(plan);
        if (admitted is null)
        {
            // The answer to a repeated start is the payment that runs, also while AgentPay is busy.
            return await calls.MayClaimAsync(call, FindOtherAsync, cancellation) ? DeskAnswer.Busy : Blocked(other);
        }
        var paid = await duplicates.FindAsync(call, plan, cancellation);
        if (paid is not null) return DeskAnswer.AlreadyPaid(paid);
        var session = PaymentSession.Start(PaymentId.New(clock.GetUtcNow()), agent, call, uui, plan, clock.GetUtcNow()) with
        {
            Caller = caller,
        };
        var isClaimed = await calls.ClaimAsync(
            call, session.Id, FindOtherAsync, earlier => (paid = DuplicatePayments.Of(call, plan, earlier)) is null, cancellation);
        if (paid is not null) return DeskAnswer.AlreadyPaid(paid);
        if (!isClaimed) return Blocked(other);
        admitted.Confirm();
        return new DeskAnswer.Done(await flow.BeginAsync(session, cancellation));
    }

    /// <param name="other">The latest payment of the call, which is not free; null if it is not stored yet.</param>
    private static DeskAnswer.Refused Blocked(PaymentSession? other) => other switch
    {
        null => DeskAnswer.PaymentAnnounced,
        { Phase: PaymentPhase.Unknown } => DeskAnswer.OutcomeUnknown,
        _ => DeskAnswer.PaymentInProgress,
    };

    private Task<DeskAnswer> ActAsync(string agent, PaymentId payment, PaymentEvent command, CancellationToken cancellation) =>
        WithTimeoutAsync(async () =>
        {
            if (await flow.ApplyAsync(payment, command, agent, cancellation) is not { } change) return DeskAnswer.NotFound;
            if (change.Before?.Agent != agent) return DeskAnswer.NotYours;
            return change.HasChanged || IsSatisfiedBy(change.After, command) ? new DeskAnswer.Done(change.After) : DeskAnswer.TooLate;
        });

    /// <summary>Whether the payment is already in the state that the command requests, for example after a double click.</summary>
    private static bool IsSatisfiedBy(PaymentSession session, PaymentEvent command) => command switch
    {
        SubmitAsked => session.Phase is PaymentPhase.Confirming or PaymentPhase.Submitting or PaymentPhase.Succeeded,
        CancelAsked => session is { Phase: PaymentPhase.Cancelling or PaymentPhase.Cancelled }
            or { Phase: PaymentPhase.Confirming, Pending.Action: PaymentAction.Cancel },
        SlowKeyingAsked => session is { IsSlow: true, IsOver: false },
        FieldAsked asked => session.Current == asked.Field && session.Row(asked.Field)?.IsOpen == true,
        _ => false,
    };

    private async Task<DeskAnswer> WithTimeoutAsync(Func<Task<DeskAnswer>> act)
    {
        try
        {
            return await act().WaitAsync(Timeouts.Command, clock);
        }
        catch (Exception down) when (down is TimeoutException or ServiceUnavailableException)
        {
            return DeskAnswer.Unavailable;
        }
    }
}
