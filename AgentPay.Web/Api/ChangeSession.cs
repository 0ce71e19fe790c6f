using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Api;

/// <summary><c>/changeSession</c>: sends what was captured to the gateway, or closes the payment without it. What comes of it, <c>payMap</c> tells.</summary>
internal sealed class ChangeSession(PaymentDesk desk, ClientPayments payments) : ClientAction(payments, "Error with changeSession")
{
    protected override async Task<IResult> ActAsync(string agent, PaymentSession payment, ApiParameters sent, CancellationToken cancellation) => sent["Status"] switch
    {
        "complete" => await AnswerAsync(await desk.SubmitAsync(agent, payment.Id, cancellation), payment, s => !s.IsBeforeSubmission, WhyNotSubmitted, cancellation),
        "cancel" => await AnswerAsync(await desk.CancelAsync(agent, payment.Id, cancellation), payment, s => !s.IsBeforeSubmission && s.Phase != PaymentPhase.Submitting, WhyNotSubmitted, cancellation),
        _ => Refuse("Status is missing, or is neither complete nor cancel"),
    };

    private static string WhyNotSubmitted(PaymentSession payment) =>
        $"Still to be captured: {string.Join(", ", payment.Rows.Where(r => r.Progress != FieldProgress.Captured).Select(r => WireName.Of(r.Field)))}";
}
