using AgentPay.Web.Sandbox.Voice;
using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>Queues the callbacks of one session, each with a later date than the one before. Used under the session's lock, so that they leave in order.</summary>
public sealed class PayReports
{
    private readonly Leg _leg;
    private readonly string _paymentSid;
    private readonly PayCallback _callback;
    private readonly CapturedFields _fields;
    private readonly PayServices _services;

    public PayReports(Leg leg, string paymentSid, CreatePayment terms, CapturedFields fields, PayServices services)
    {
        _leg = leg;
        _paymentSid = paymentSid;
        _callback = new(leg.Sid, paymentSid, terms);
        _fields = fields;
        _services = services;
        Url = terms.StatusCallback;
        Updated = Created = Now();
    }

    /// <summary>The StatusCallback of the update in force.</summary>
    public string Url { get; set; }

    public DateTimeOffset Created { get; }

    /// <summary>The date of the callback sent last.</summary>
    public DateTimeOffset Updated { get; private set; }

    public void Started() => Send(_callback.Start(Created), Url);

    /// <summary>A capture was accepted, or its field is done.</summary>
    public void Captured(CaptureStep step) => Send(_callback.Capture(step, _fields, Stamp()), Url);

    public void Typing(CaptureStep step, FieldEntry entry) => Send(_callback.Partial(step, entry, _fields, Stamp()), Url);

    /// <param name="url">Where to, when it is not the update in force that has failed.</param>
    public void Failed(CaptureStep step, string errorType, string? url = null) => Send(_callback.Invalid(step, errorType, _fields, Stamp()), url ?? Url);

    public void Ended(PayResult result) => Send(_callback.Final(result, _fields, Stamp()), Url);

    private void Send(KeyValuePair<string, string>[] parameters, string url)
    {
        var (at, callback) = (Now(), new Webhook(url, parameters));
        _services.Callbacks.Post(_paymentSid, callback, reply => _leg.LogCallback(at, callback, reply));
    }

    /// <summary>Milliseconds that are never the same twice: clients drop what is not newer.</summary>
    private DateTimeOffset Stamp()
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
