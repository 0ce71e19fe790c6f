using AgentPay.Web.Calls;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Api;

/// <summary>
/// <c>/startCapture</c>: opens a payment that the client drives. The same start again, by the same agent on the same call, is the same
/// payment: so a client that has lost the answer, or has pressed twice, gets its SID. A client's <c>StatusCallback</c> and
/// <c>IdempotencyKey</c> have no influence: both are AgentPay's own.
/// </summary>
internal sealed class StartCapture(
    PaymentDesk desk, PaymentPlanner planner, PaymentProfiles profiles, ClientPayments payments, PstnLeg legs)
{
    private const string Error = "Error with StartCapture";

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        if (await ApiParameters.ReadAsync(context.Request) is not { } sent)
            return Refuse("the body is neither a JSON object nor a form, or is too long");
        if (!CallSid.TryParse(sent["callSid"], out var call)) return Refuse("callSid is missing, or is not the SID of a call");
        try
        {
            var (leg, uui, noCall) = await LegAsync(call, ApiCaller.AgentOf(context), context.RequestAborted);
            if (noCall is not null) return Refuse(noCall);
            var (order, problem) = ClientOrder.Read(sent, leg, uui, profiles);
            if (order is null) return Refuse(problem!);
            return await StartAsync(ApiCaller.AgentOf(context), order, context.RequestAborted);
        }
        catch (Exception down) when (ApiCaller.IsUnavailable(down))
        {
            return Refuse(DeskAnswer.Unavailable.Words);
        }
    }

    /// <summary>What the desk has begun is brought to its end, also when the client is not left waiting for it.</summary>
    private async Task<IResult> StartAsync(string agent, PaymentOrder order, CancellationToken cancellation) =>
        await desk.StartAsync(agent, order, CancellationToken.None).WaitAsync(cancellation) switch
    {
        DeskAnswer.Done(var payment) => await OpenedAsync(payment, cancellation),
        DeskAnswer.Refused refused when refused.Code == DeskAnswer.PaymentInProgress.Code
            && await AgainAsync(agent, order, cancellation) is { } same => await OpenedAsync(same, cancellation),
        DeskAnswer.Refused refused when refused.Code == DeskAnswer.PaymentInProgress.Code
            && await IsFreedAsync(agent, order, cancellation) => await StartAsync(agent, order, cancellation),
        DeskAnswer.Refused refused => Refuse(refused.Words),
        _ => throw new InvalidOperationException("The desk has a new kind of answer"),
    };

    /// <summary>The payment that is on the call already, if it is what this order asks for.</summary>
    private async Task<PaymentSession?> AgainAsync(string agent, PaymentOrder order, CancellationToken cancellation)
    {
        if (await payments.LatestAsync(order.Call, cancellation) is not { IsBeforeSubmission: true } there || there.Agent != agent)
            return null;
        var plan = planner.Plan(order).Plan!;
        return there.Plan with { Fields = plan.Fields } == plan && there.Plan.Fields.SequenceEqual(plan.Fields) ? there : null;
    }

    /// <summary>Whether the payment that is on the call is the agent's own, and its cancellation, once waited for, is done.</summary>
    private async Task<bool> IsFreedAsync(string agent, PaymentOrder order, CancellationToken cancellation) =>
        await payments.LatestAsync(order.Call, cancellation) is { IsBeforeSubmission: false } there
        && there.Phase is not (PaymentPhase.Confirming or PaymentPhase.Submitting or PaymentPhase.Unknown)
        && there.Agent == agent
        && (await payments.UntilAsync(there, s => s.IsFinal, cancellation)).IsFinal;

    private async Task<IResult> OpenedAsync(PaymentSession started, CancellationToken cancellation) =>
        await payments.UntilAsync(started, s => s.Payment is not null || s.IsOver, cancellation) switch
    {
        { IsOver: true, Outcome.Result: "caller-hung-up" } => Refuse("The call is not in progress"),
        { IsOver: true, Outcome.Code: { } code } => Refuse($"Twilio did not start the payment (code {code})"),
        { IsOver: true } => Refuse("Twilio did not start the payment"),
        { Payment: { } payment } => ApiAnswer.Payment(payment),
        _ => Refuse("Twilio has not answered yet, and nothing was charged. Try again: the same payment goes on"),
    };

    private async Task<(CallSid Leg, string? Uui, string? Problem)> LegAsync(CallSid call, string agent, CancellationToken cancellation) =>
        await legs.FindAsync(call, cancellation) switch
    {
        PstnLegOutcome.Found { ClaimedBy: { } other } when !other.Equals(agent, StringComparison.OrdinalIgnoreCase) =>
            (call, null, "Another agent has claimed this call"),
        PstnLegOutcome.Found found => (found.Leg, found.Uui, null),
        PstnLegOutcome.NotInProgress => (call, null, "The call is not in progress"),
        PstnLegOutcome.NotFound => (call, null, "There is no such call with a customer on the telephone"),
        _ => (call, null, "Twilio cannot be reached just now; nothing was started"),
    };

    private static IResult Refuse(string why) => ApiAnswer.Refused(Error, why);
}
