using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Api;

/// <summary><c>/updateCaptureType</c>: asks the caller for a field, for the first time or again.</summary>
internal sealed class UpdateCaptureType(PaymentDesk desk, ClientPayments payments) : ClientAction(payments, "Error with updateCapture")
{
    private readonly ClientPayments _payments = payments;

    protected override async Task<IResult> ActAsync(string agent, PaymentSession payment, ApiParameters sent, CancellationToken cancellation)
    {
        if (!WireName.TryParse<CaptureField>(sent["captureType"], out var field)) return Refuse("captureType is missing, or is not one that Twilio has");
        var answer = await desk.AskAsync(agent, payment.Id, field, cancellation);
        // Two resets one after the other: the desk does one thing at a time, and the client has no way to try again. By now it may be free.
        if (answer == DeskAnswer.TooLate && await _payments.NowAsync(payment, cancellation) is { IsBeforeSubmission: true })
        {
            await _payments.UntilAsync(payment, s => !IsBusy(s), cancellation);
            answer = await desk.AskAsync(agent, payment.Id, field, cancellation);
        }
        return await AnswerAsync(answer, payment, s => s is { IsOver: false, Refusal: null }, s => WhyNotAsked(s, field), cancellation);
    }

    private static bool IsBusy(PaymentSession payment) => payment is { IsBeforeSubmission: true, Pending.Action: PaymentAction.Capture };

    private static string WhyNotAsked(PaymentSession payment, CaptureField field) => payment.Row(field) is null
        ? $"This payment does not ask for {WireName.Of(field)}"
        : "Twilio has not answered the request before this one yet. Try again";
}
