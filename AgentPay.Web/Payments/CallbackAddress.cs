namespace AgentPay.Web.Payments;

/// <summary>Where Twilio is to call back about a payment. It carries our own id, so that a session whose start was never answered is still known.</summary>
public sealed class CallbackAddress(PublicAddress address)
{
    public const string Path = "/paySyncUpdate";

    /// <summary>Tried again by Twilio on time-outs, broken connections and 5xx: twilio.com/docs/usage/webhooks/webhooks-connection-overrides.</summary>
    private const string Overrides = "#rc=3&rp=ct,rt,5xx";

    public string Of(PaymentId payment) => $"{address.BaseUrl}{Path}?payment={payment}{Overrides}";
}
