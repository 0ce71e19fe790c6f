using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Api;

/// <summary>
/// Base class of the routes that act on a payment. It finds the payment, checks that it belongs to the agent, and answers refusals.
/// </summary>
internal abstract class ClientAction(ClientPayments payments, string error)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        if (await ApiParameters.ReadAsync(context.Request) is not { } sent)
            return Refuse("the body is neither a JSON object nor a form, or is too long");
        if (!CallSid.TryParse(sent["callSid"], out var call)) return Refuse("callSid is missing, or is not the SID of a call");
        if (!PaymentSid.TryParse(sent["paySid"], out var sid)) return Refuse("paySid is missing, or is not the SID of a payment");
        try
        {
            if (await payments.FindAsync(call, sid, context.RequestAborted) is not { } payment)
                return Refuse("There is no such payment on this call");
            var agent = ApiCaller.AgentOf(context);
            return payment.Agent == agent ? await ActAsync(agent, payment, sent, context.RequestAborted) : ApiAnswer.NotAuthorised;
        }
        catch (Exception down) when (ApiCaller.IsUnavailable(down))
        {
            return Refuse(DeskAnswer.Unavailable.Words);
        }
    }

    /// <param name="agent">The principal name of the agent that sent the request.</param>
    /// <param name="payment">A payment of this agent.</param>
    protected abstract Task<IResult> ActAsync(string agent, PaymentSession payment, ApiParameters sent, CancellationToken cancellation);

    /// <param name="isDone">Whether the payment has reached the requested state. It may not have, if Twilio has refused.</param>
    /// <param name="whyNotYet">Returns the reason for a refusal while fields are still being captured.</param>
    protected async Task<IResult> AnswerAsync(
        DeskAnswer answer,
        PaymentSession requested,
        Func<PaymentSession, bool> isDone,
        Func<PaymentSession, string> whyNotYet,
        CancellationToken cancellation)
    {
        switch (answer)
        {
            case DeskAnswer.Done(var payment) when isDone(payment):
                return ApiAnswer.Payment(payment.Payment!.Value);
            case DeskAnswer.Done { Payment: { IsOver: false, Refusal: { } code } }:
                return Refuse($"Twilio refused it with code {code}");
            case DeskAnswer.Done(var payment):
                return Refuse(WhyNot(payment, whyNotYet));
            case DeskAnswer.Refused refused when refused == DeskAnswer.NotYours:
                return ApiAnswer.NotAuthorised;
            case DeskAnswer.Refused refused when refused == DeskAnswer.TooLate:
                return Refuse(WhyNot(await payments.CurrentAsync(requested, cancellation), whyNotYet));
            case DeskAnswer.Refused refused:
                return Refuse(refused.Words);
            default:
                throw new InvalidOperationException($"Unexpected answer {answer.GetType().Name}");
        }
    }

    protected IResult Refuse(string why) => ApiAnswer.Refused(error, why);

    private static string WhyNot(PaymentSession payment, Func<PaymentSession, string> whyNotYet) => payment.Phase switch
    {
        PaymentPhase.Succeeded => "The payment has succeeded already",
        PaymentPhase.Failed => "The payment has failed. Start a new one",
        PaymentPhase.Cancelling or PaymentPhase.Cancelled => "The payment is cancelled. Start a new one",
        PaymentPhase.Unknown => "The outcome of the payment is not known. Do not charge again before it is",
        PaymentPhase.Confirming => "The caller is confirming the payment",
        PaymentPhase.Submitting => "The payment has been submitted already",
        _ => whyNotYet(payment),
    };
}
