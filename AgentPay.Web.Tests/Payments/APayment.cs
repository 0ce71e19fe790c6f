using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Tests.Payments;

/// <summary>
/// Payments in any phase, reached by the events that lead there. A charge of 42.50 USD on a visa card unless told otherwise.
/// </summary>
internal static class APayment
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    public static readonly PaymentLimits Limits = new(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(60));
    public static readonly PaymentSid Pk = PaymentSid.Parse("PK" + new string('1', 32));
    public static readonly CaptureField[] Card = [CaptureField.PaymentCardNumber, CaptureField.ExpirationDate, CaptureField.SecurityCode];

    public static PaymentPlan Plan => new("default", "Default", 42.50m, "USD", null, Card);

    public static PaymentSession Starting(PaymentPlan? plan = null) =>
        PaymentSession.Start(PaymentId.New(Noon), "maria@contoso.test", CallSid.Parse("CA" + new string('1', 32)), "uui-7", plan ?? Plan,
            Noon);

    public static PaymentSession Capturing(PaymentPlan? plan = null)
    {
        var asked = Starting(plan) is var start ? start.Apply(new ActionAccepted(Noon, start.PendingKey!, Pk)) : start;
        return asked.Accepted();
    }

    public static PaymentSession Ready(PaymentPlan? plan = null)
    {
        var session = Capturing(plan);
        foreach (var field in session.Plan.Fields)
        {
            if (session.Plan.Driver == PaymentDriver.Client) session = session.Apply(new FieldAsked(Noon, field)).Accepted();
            session = session.Apply(Captured(session, field)).Accepted();
        }
        return session;
    }

    public static PaymentSession Submitting() => Ready().Apply(new SubmitAsked(Noon));

    public static PaymentSession Confirming() => Ready(Plan with { IsConfirmedByCaller = true }).Apply(new SubmitAsked(Noon));

    public static PaymentSession Cancelling() => Capturing().Apply(new CancelAsked(Noon));

    public static PaymentSession Unknown() => Submitting().Apply(new TimePassed(Noon.AddMinutes(1), Limits));

    public static PaymentSession Succeeded() => Submitting().Apply(Ended("success"));

    public static PaymentSession Failed() => Submitting().Apply(Ended("payment-connector-error"));

    public static PaymentSession Cancelled() => Cancelling().Apply(Ended("transaction-cancelled"));

    public static PaymentSession In(PaymentPhase phase) => phase switch
    {
        PaymentPhase.Starting => Starting(),
        PaymentPhase.Capturing => Capturing(),
        PaymentPhase.Ready => Ready(),
        PaymentPhase.Confirming => Confirming(),
        PaymentPhase.Submitting => Submitting(),
        PaymentPhase.Cancelling => Cancelling(),
        PaymentPhase.Succeeded => Succeeded(),
        PaymentPhase.Failed => Failed(),
        PaymentPhase.Cancelled => Cancelled(),
        _ => Unknown(),
    };

    /// <summary>Twilio has accepted whatever is pending.</summary>
    public static PaymentSession Accepted(this PaymentSession session) =>
        session.Pending is { } pending ? session.Apply(new ActionAccepted(Noon, pending.Key(session.Id), Pk)) : session;

    public static CalledBack Asked(CaptureField field, double second = 1, params CaptureField[] required) =>
        Callback(second, c => c with { Capture = field, Required = required.ToHashSet() });

    public static CalledBack Partial(CaptureField field, string shown, double second = 1, params CaptureField[] required) =>
        Callback(second, c => c with { Capture = field, IsPartial = true, Required = required.ToHashSet(),
            Shown = new Dictionary<CaptureField, string> { [field] = shown } });

    public static CalledBack Rejected(CaptureField field, string error, double second = 1, params CaptureField[] required) =>
        Callback(second, c => c with { Capture = field, ErrorType = error, Required = required.ToHashSet() });

    /// <summary>The field is captured; the others that were missing still are.</summary>
    public static CalledBack Captured(PaymentSession session, CaptureField field)
    {
        var required = session.Rows.Where(r => r.Field != field && r.Progress != FieldProgress.Captured).Select(r => r.Field).ToHashSet();
        var second = (session.CalledBackAt ?? Noon).AddSeconds(1).Subtract(Noon).TotalSeconds;
        return Callback(second, c =>
            c with { Capture = field, Required = required, Shown = new Dictionary<CaptureField, string> { [field] = Mask(field) } });
    }

    public static CalledBack Ended(string result, double second = 100) => Callback(second, c => c with { Outcome = new(result) });

    public static CalledBack Callback(double second, Func<PayCallback, PayCallback>? change = null)
    {
        var callback = new PayCallback { Payment = Pk, SentAt = Noon.AddSeconds(second), Delivery = Guid.NewGuid().ToString() };
        return new(Noon, change?.Invoke(callback) ?? callback);
    }

    public static string Mask(CaptureField field) => field switch
    {
        CaptureField.PaymentCardNumber => "xxxxxxxxxxxx1111",
        CaptureField.ExpirationDate => "1230",
        CaptureField.SecurityCode => "xxx",
        _ => "94111",
    };
}
