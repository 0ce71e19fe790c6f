using AgentPay.Web.Sync;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>Twilio's callbacks about payments: <c>POST /paySyncUpdate?payment={id}</c>.</summary>
public sealed class PaymentCallbacks(PaymentFlow flow, CallbackBacklog backlog, PaymentMetrics metrics, TimeProvider clock, ILogger<PaymentCallbacks> log)
{
    /// <summary>
    /// 200 when it is stored, or is none of ours. 503 when it could not be stored, so that Twilio tells it again; as Twilio soon gives up,
    /// it is also kept and tried again here.
    /// </summary>
    public async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : FormCollection.Empty;
        if (PayCallbackForm.Read(form, request.Headers["I-Twilio-Idempotency-Token"], clock.GetUtcNow()) is not { } callback || !PaymentId.TryParse(request.Query["payment"], out var payment))
        {
            log.Unreadable();
            metrics.Called("unreadable");
            return Results.Ok();
        }
        var happened = new CalledBack(clock.GetUtcNow(), callback);
        metrics.Called(callback);
        if (callback.OtherRequired.Count > 0) log.OtherRequired(payment, string.Join(", ", callback.OtherRequired));
        try
        {
            var done = await flow.HappenAsync(payment, happened, by: null, CancellationToken.None);
            if (done is null) log.UnknownPayment(payment);
            metrics.Called(ResultOf(done, callback));
            return Results.Text(callback.Payment.ToString());
        }
        catch (Exception down) when (SyncProblem.IsUnavailable(down))
        {
            log.NotWritten(payment, "a callback", down.Message);
            backlog.Add(payment, happened);
            metrics.Called("parked");
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static string ResultOf(Happening? done, PayCallback callback) => done switch
    {
        null => "unknown",
        { HasChanged: true } => "applied",
        _ when callback.SentAt < done.Before.CalledBackAt => "stale",
        _ when callback.SentAt == done.Before.CalledBackAt => "repeated",
        // For example one of a session that has ended here.
        _ => "ignored",
    };
}
