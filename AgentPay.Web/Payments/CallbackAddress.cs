namespace AgentPay.Web.Payments;

/// <summary>
/// The address of Twilio's status callbacks for a payment. It contains the payment id, so that a callback is matched even when Twilio's
/// answer to the start was lost.
/// </summary>
public sealed class CallbackAddress(PublicAddress address)
{
    public const string Path = "/paySyncUpdate";

    /// <summary>
    /// Makes Twilio retry after timeouts, broken connections and 5xx: twilio.com/docs/usage/webhooks/webhooks-connection-overrides.
    /// </summary>
    private const string Overrides = "#rc=3&rp=ct,rt,5xx";

    public string Of(PaymentId payment) => $"{address.BaseUrl}{Path}?payment={payment}{Overrides}";
}
