using AgentPay.Web.Calls;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Api;

/// <summary>
/// <c>/startCapture</c>: opens a payment that the client drives. The same order by the same agent on the same call returns the SID of the
/// open payment, so a client can retry after a lost answer or a double click. The parameters <c>StatusCallback</c> and
/// <c>IdempotencyKey</c> are ignored: AgentPay sets both itself.
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
            var agent = ApiCaller.AgentOf(context);
            var (leg, uui, caller, callProblem) = await FindLegAsync(call, agent, context.RequestAborted);
            if (callProblem is not null) return Refuse(callProblem);
            var (order, problem) = ClientOrder.Read(sent, leg, uui, profiles);
            if (order is null) return Refuse(problem!);
            return await StartAsync(context, agent, order with { Caller = caller });
        }
        catch (Exception down) when (ApiCaller.IsUnavailable(down))
        {
            return Refuse(DeskAnswer.Unavailable.Words);
        }
    }

    // The start itself is not cancelled, so that it runs to completion even if the client disconnects.
    private async Task<IResult> StartAsync(HttpContext context, string agent, PaymentOrder order)
    {
        var cancellation = context.RequestAborted;
        switch (await desk.StartAsync(agent, order, CancellationToken.None).WaitAsync(cancellation))
        {
            case DeskAnswer.Done(var payment):
                return await AnswerStartedAsync(payment, cancellation);
            case DeskAnswer.Refused refused when refused.Code == DeskAnswer.PaymentInProgress.Code:
                if (await FindSameAsync(agent, order, cancellation) is { } same) return await AnswerStartedAsync(same, cancellation);
                if (await IsCallFreeAsync(agent, order, cancellation)) return await StartAsync(context, agent, order);
                return Refuse(refused.Words);
            case DeskAnswer.Refused refused when refused == DeskAnswer.Busy:
                return ApiAnswer.Busy(Error, refused.Words, context.Response);
            case DeskAnswer.Refused refused:
                return Refuse(refused.Words);
            case var answer:
                throw new InvalidOperationException($"Unexpected answer {answer.GetType().Name}");
        }
    }

    // Returns the open payment of the call, if it is the agent's and has the same plan as the order.
    private async Task<PaymentSession?> FindSameAsync(string agent, PaymentOrder order, CancellationToken cancellation)
    {
        if (await payments.LatestAsync(order.Call, cancellation) is not { IsBeforeSubmission: true } open) return null;
        if (open.Agent != agent) return null;
        var plan = planner.Plan(order).Plan!;
        return open.Plan with { Fields = plan.Fields } == plan && open.Plan.Fields.SequenceEqual(plan.Fields) ? open : null;
    }

    // If the agent's own payment on the call is being cancelled, waits for the end of the cancellation.
    private async Task<bool> IsCallFreeAsync(string agent, PaymentOrder order, CancellationToken cancellation)
    {
        if (await payments.LatestAsync(order.Call, cancellation) is not { IsBeforeSubmission: false } latest) return false;
        if (latest.Phase is PaymentPhase.Confirming or PaymentPhase.Submitting or PaymentPhase.Unknown) return false;
        return latest.Agent == agent && (await payments.WaitUntilAsync(latest, s => s.IsFinal, cancellation)).IsFinal;
    }

    private async Task<IResult> AnswerStartedAsync(PaymentSession started, CancellationToken cancellation) =>
        await payments.WaitUntilAsync(started, s => s.Payment is not null || s.IsOver, cancellation) switch
        {
            { IsOver: true, Outcome.Result: "caller-hung-up" } => Refuse("The call is not in progress"),
            { IsOver: true, Outcome.Code: { } code } => Refuse($"Twilio did not start the payment (code {code})"),
            { IsOver: true } => Refuse("Twilio did not start the payment"),
            { Payment: { } payment } => ApiAnswer.Payment(payment),
            _ => Refuse("Twilio has not answered yet. Nothing was charged. Try again to continue the same payment"),
        };

    private async Task<(CallSid Leg, string? Uui, string? Caller, string? Problem)> FindLegAsync(
        CallSid call, string agent, CancellationToken cancellation) => await legs.FindAsync(call, cancellation) switch
    {
        PstnLegOutcome.Found { ClaimedBy: { } other } when !other.Equals(agent, StringComparison.OrdinalIgnoreCase) =>
            (call, null, null, "Another agent has claimed this call"),
        PstnLegOutcome.Found found => (found.Leg, found.Uui, found.Customer, null),
        PstnLegOutcome.NotInProgress => (call, null, null, "The call is not in progress"),
        PstnLegOutcome.NotFound => (call, null, null, "There is no such call with a customer on the telephone"),
        _ => (call, null, null, "Twilio is not responding. Nothing was started"),
    };

    private static IResult Refuse(string why) => ApiAnswer.Refused(Error, why);
}
