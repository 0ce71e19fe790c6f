using AgentPay.Web.Sandbox.Voice;
using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Sandbox.Pay;

// Queues the callbacks of one session. Used under the lock of the session, so callbacks are sent in order.
// Each has a later time than the one before.
public sealed class PayCallbacks
{
    private readonly Leg _leg;
    private readonly string _paymentSid;
    private readonly PayCallbackParameters _callback;
    private readonly CapturedFields _fields;
    private readonly PayServices _services;

    public PayCallbacks(Leg leg, string paymentSid, CreatePaymentRequest terms, CapturedFields fields, PayServices services)
    {
        _leg = leg;
        _paymentSid = paymentSid;
        _callback = new(leg.Sid, paymentSid, terms);
        _fields = fields;
        _services = services;
        Url = terms.StatusCallback;
        Updated = Created = Now();
    }

    // The StatusCallback of the current update.
    public string Url { get; set; }

    public DateTimeOffset Created { get; }

    // The time of the last callback.
    public DateTimeOffset Updated { get; private set; }

    public void Started() => Send(_callback.Start(Created), Url);

    // A capture was accepted, or its field is complete.
    public void Captured(CaptureStep step) => Send(_callback.Capture(step, _fields, NextTimestamp()), Url);

    public void KeyPressed(CaptureStep step, FieldEntry entry) => Send(_callback.Partial(step, entry, _fields, NextTimestamp()), Url);

    // url is set if an update other than the current one failed.
    public void Failed(CaptureStep step, string errorType, string? url = null) =>
        Send(_callback.Invalid(step, errorType, _fields, NextTimestamp()), url ?? Url);

    public void Ended(PayResult result) => Send(_callback.Final(result, _fields, NextTimestamp()), Url);

    private void Send(KeyValuePair<string, string>[] parameters, string url)
    {
        var (at, callback) = (Now(), new Webhook(url, parameters));
        _services.Callbacks.Post(_paymentSid, callback, reply => _leg.LogCallback(at, callback, reply));
    }

    // Returns a later millisecond each time, because clients ignore callbacks that are not newer.
    private DateTimeOffset NextTimestamp()
    {
        var now = Now();
        return Updated = now > Updated ? now : Updated.AddMilliseconds(1);
    }

    private DateTimeOffset Now()
    {
        var now = _services.Clock.GetUtcNow().UtcDateTime;
        return new(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)));
    }
}
