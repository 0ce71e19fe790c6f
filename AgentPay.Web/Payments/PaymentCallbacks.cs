using AgentPay.Web.Sync;
using AgentPay.Web.Twilio;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>Twilio's callbacks about payments: <c>POST /paySyncUpdate?payment={id}</c>.</summary>
public sealed class PaymentCallbacks(PaymentFlow flow, PaymentStore store, PaymentRecords records, TimeProvider clock, ILogger<PaymentCallbacks> log)
{
    /// <summary>200 when it is stored, or is none of ours; 503 when it could not be stored, so that Twilio tells it again.</summary>
    public async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        var cancellation = request.HttpContext.RequestAborted;
        var form = await request.ReadFormAsync(cancellation);
        if (PayCallbackForm.Read(form, request.Headers["I-Twilio-Idempotency-Token"]) is not { } callback || !PaymentId.TryParse(request.Query["payment"], out var payment))
        {
            log.Unreadable();
            return Results.Ok();
        }
        try
        {
            await StoreAsync(payment, callback, cancellation);
            return Results.Text(callback.Payment.ToString());
        }
        catch (Exception down) when (down is TwilioException or SyncNotReadyException)
        {
            log.NotWritten(payment, "a callback", down.Message);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task StoreAsync(PaymentId payment, PayCallback callback, CancellationToken cancellation)
    {
        var before = await store.LoadAsync(payment, cancellation);
        var after = await flow.HappenAsync(payment, new CalledBack(clock.GetUtcNow(), callback), cancellation);
        if (after is null) log.UnknownPayment(payment);
        // Told again, perhaps because its records were not all written the first time.
        else if (callback.Outcome is not null && after.IsFinal && ReferenceEquals(before, after)) await records.WriteEndAsync(after, cancellation);
    }
}
