namespace AgentPay.Web.Payments;

/// <summary>
/// The addresses of Twilio's status callbacks for a payment. They contain the payment id, so that a callback is matched even when Twilio's
/// answer to the request was lost.
/// </summary>
public sealed class CallbackAddress(PublicAddress address)
{
    public const string Path = "/paySyncUpdate";

    /// <summary>The path of callbacks about receipts.</summary>
    public const string ReceiptPath = "/receiptStatus";

    /// <summary>
    /// Makes Twilio retry after timeouts, broken connections and 5xx: twilio.com/docs/usage/webhooks/webhooks-connection-overrides.
    /// </summary>
    private const string Overrides = "#rc=3&rp=ct,rt,5xx";

    public string Of(PaymentId payment) => $"{address.BaseUrl}{Path}?payment={payment}{Overrides}";

    /// <summary>The address of callbacks about the delivery of a receipt.</summary>
    public string OfReceipt(PaymentId payment, int attempt) =>
        FormattableString.Invariant($"{address.BaseUrl}{ReceiptPath}?payment={payment}&attempt={attempt}{Overrides}");
}
