using AgentPay.Web.Sync;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>Receives Twilio's payment callbacks: <c>POST /paySyncUpdate?payment={id}</c>.</summary>
public sealed class PaymentCallbacks(PaymentFlow flow, PaymentMetrics metrics, TimeProvider clock, ILogger<PaymentCallbacks> log)
{
    /// <summary>
    /// Answers 200 when the callback is stored, or its payment is unknown. Answers 503 when Sync did not store it, so that Twilio sends
    /// it again. Twilio makes few retries, so the outbox also retries the write.
    /// </summary>
    public async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : FormCollection.Empty;
        var read = PayCallbackForm.Read(form, request.Headers["I-Twilio-Idempotency-Token"], clock.GetUtcNow());
        if (read is not { } callback || !PaymentId.TryParse(request.Query["payment"], out var payment))
        {
            log.Unreadable();
            metrics.Called("unreadable");
            return Results.Ok();
        }
        var happened = new CalledBack(clock.GetUtcNow(), callback);
        metrics.Called(callback);
        if (callback.OtherRequired.Count > 0) log.OtherRequired(payment, string.Join(", ", callback.OtherRequired));
        var (isStored, change) = await flow.ReceiveAsync(payment, happened);
        if (!isStored)
        {
            metrics.Called("parked");
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        if (change is null) log.UnknownPayment(payment);
        metrics.Called(ResultOf(change, callback));
        return Results.Text(callback.Payment.ToString());
    }

    private static string ResultOf(RecordChange<PaymentSession>? change, PayCallback callback) => change switch
    {
        null => "unknown",
        { HasChanged: true } => "applied",
        _ when callback.SentAt < change.Before!.CalledBackAt => "stale",
        _ when callback.SentAt == change.Before!.CalledBackAt => "repeated",
        // For example, the payment is already over on this instance.
        _ => "ignored",
    };
}
