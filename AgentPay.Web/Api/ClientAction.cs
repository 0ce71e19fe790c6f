using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Api;

/// <summary>What the routes that act on a payment have in common: whose payment it is, and what is said when nothing is done.</summary>
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

    /// <param name="agent">The caller.</param>
    /// <param name="payment">The caller's own.</param>
    protected abstract Task<IResult> ActAsync(string agent, PaymentSession payment, ApiParameters sent, CancellationToken cancellation);

    /// <param name="isDone">Whether a payment that the desk has acted on is where the client wants it: Twilio may have refused.</param>
    /// <param name="notYet">Why a payment that is still being captured is not there.</param>
    protected async Task<IResult> AnswerAsync(
        DeskAnswer answer, PaymentSession asked, Func<PaymentSession, bool> isDone, Func<PaymentSession, string> notYet,
        CancellationToken cancellation) => answer switch
    {
        DeskAnswer.Done(var payment) when isDone(payment) => ApiAnswer.Payment(payment.Payment!.Value),
        DeskAnswer.Done { Payment: { IsOver: false, Refusal: { } code } } => Refuse($"Twilio refused it with code {code}"),
        DeskAnswer.Done(var payment) => Refuse(WhyNot(payment, notYet)),
        DeskAnswer.Refused refused when refused == DeskAnswer.NotYours => ApiAnswer.NotAuthorised,
        DeskAnswer.Refused refused when refused == DeskAnswer.TooLate =>
            Refuse(WhyNot(await payments.NowAsync(asked, cancellation), notYet)),
        DeskAnswer.Refused refused => Refuse(refused.Words),
        _ => throw new InvalidOperationException("The desk has a new kind of answer"),
    };

    protected IResult Refuse(string why) => ApiAnswer.Refused(error, why);

    private static string WhyNot(PaymentSession payment, Func<PaymentSession, string> notYet) => payment.Phase switch
    {
        PaymentPhase.Succeeded => "The payment has succeeded already",
        PaymentPhase.Failed => "The payment has failed. Start a new one",
        PaymentPhase.Cancelling or PaymentPhase.Cancelled => "The payment is cancelled. Start a new one",
        PaymentPhase.Unknown => "The outcome of the payment is not known. Do not charge again before it is",
        PaymentPhase.Confirming => "The caller is confirming the payment",
        PaymentPhase.Submitting => "The payment has been submitted already",
        _ => notYet(payment),
    };
}
