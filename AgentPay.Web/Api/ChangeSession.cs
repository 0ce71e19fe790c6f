using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Api;

/// <summary><c>/changeSession</c>: submits the payment to the gateway, or cancels it. <c>payMap</c> reports the result.</summary>
internal sealed class ChangeSession(PaymentDesk desk, ClientPayments payments) : ClientAction(payments, "Error with changeSession")
{
    protected override async Task<IResult> ActAsync(
        string agent, PaymentSession payment, ApiParameters sent, CancellationToken cancellation)
    {
        switch (sent["Status"])
        {
            case "complete":
                var submitted = await desk.SubmitAsync(agent, payment.Id, cancellation);
                return await AnswerAsync(submitted, payment, IsSubmitted, MissingFields, cancellation);
            case "cancel":
                var cancelled = await desk.CancelAsync(agent, payment.Id, cancellation);
                return await AnswerAsync(cancelled, payment, IsCancelled, MissingFields, cancellation);
            default:
                return Refuse("Status is missing, or is neither complete nor cancel");
        }
    }

    private static bool IsSubmitted(PaymentSession payment) => !payment.IsBeforeSubmission;

    private static bool IsCancelled(PaymentSession payment) =>
        !payment.IsBeforeSubmission && payment.Phase != PaymentPhase.Submitting;

    private static string MissingFields(PaymentSession payment)
    {
        var missing = payment.Rows.Where(r => r.Progress != FieldProgress.Captured).Select(r => WireName.Of(r.Field));
        return $"Still to be captured: {string.Join(", ", missing)}";
    }
}
