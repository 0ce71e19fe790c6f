using System.Globalization;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>
/// Receives Twilio's reports on the delivery of receipts: <c>POST /receiptStatus?payment={id}&amp;attempt={n}</c>, with the parameters of
/// twilio.com/docs/messaging/guides/track-outbound-message-status.
/// </summary>
public sealed class ReceiptCallbacks(Receipts receipts, TimeProvider clock, ILogger<ReceiptCallbacks> log)
{
    /// <summary>
    /// Answers 200 when the report is stored, or when it changes nothing: other states of the message, and payments that are not known any
    /// more. Answers 503 when Sync did not store it, so that Twilio sends it again.
    /// </summary>
    public async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var state = form["MessageStatus"].ToString() switch
        {
            "delivered" => ReceiptState.Delivered,
            "undelivered" or "failed" => ReceiptState.NotDelivered,
            _ => (ReceiptState?)null,
        };
        var isOurs = PaymentId.TryParse(request.Query["payment"], out var payment)
            & TryReadNumber(request.Query["attempt"], out var attempt);
        if (state is not { } reported || !isOurs) return Results.Ok();
        int? code = TryReadNumber(form["ErrorCode"], out var number) && number > 0 ? number : null;
        try
        {
            // The report may come before the answer to the request that sent the message.
            var message = form["MessageSid"].ToString() is { Length: > 0 } sid ? sid : null;
            var known = await receipts.ReportAsync(payment, new(clock.GetUtcNow(), attempt, reported, message, code));
            if (!known) log.UnknownPayment(payment);
            return Results.Ok();
        }
        catch (ServiceUnavailableException)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static bool TryReadNumber(string? text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
