using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Api;

/// <summary><c>/updateCaptureType</c>: starts to capture a field, for the first time or again.</summary>
internal sealed class UpdateCaptureType(PaymentDesk desk, ClientPayments payments) : ClientAction(payments, "Error with updateCapture")
{
    private readonly ClientPayments _payments = payments;

    protected override async Task<IResult> ActAsync(
        string agent, PaymentSession payment, ApiParameters sent, CancellationToken cancellation)
    {
        if (!WireName.TryParse<CaptureField>(sent["captureType"], out var field))
            return Refuse("captureType is missing, or is not one that Twilio has");
        var answer = await desk.AskAsync(agent, payment.Id, field, cancellation);
        // A client may send two requests one after the other, and has no retry. The desk refuses the second until Twilio has answered the
        // first, so it is tried again then.
        if (answer == DeskAnswer.TooLate && await _payments.CurrentAsync(payment, cancellation) is { IsBeforeSubmission: true })
        {
            await _payments.WaitUntilAsync(payment, s => !IsCapturePending(s), cancellation);
            answer = await desk.AskAsync(agent, payment.Id, field, cancellation);
        }
        return await AnswerAsync(answer, payment, s => s is { IsOver: false, Refusal: null }, s => WhyNotStarted(s, field), cancellation);
    }

    private static bool IsCapturePending(PaymentSession payment) =>
        payment is { IsBeforeSubmission: true, Pending.Action: PaymentAction.Capture };

    private static string WhyNotStarted(PaymentSession payment, CaptureField field) => payment.Row(field) is null
        ? $"This payment does not ask for {WireName.Of(field)}"
        : "Twilio has not answered the previous request yet. Try again";
}
