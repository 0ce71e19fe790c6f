using System.Diagnostics.Metrics;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>
/// The meter <c>AgentPay.Payments</c>. Tags hold fixed words and codes only, and no data of a person, a call or a card.
/// </summary>
public sealed class PaymentMetrics
{
    public const string MeterName = "AgentPay.Payments";

    internal const string Unanswered = "unanswered";

    private readonly TimeProvider _clock;
    private readonly Meter _meter;
    private readonly Counter<long> _phases;
    private readonly Counter<long> _callbacks;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _age;
    private readonly Histogram<double> _toReader;
    private readonly Histogram<double> _commands;

    public PaymentMetrics(IMeterFactory meters, Outbox outbox, TimeProvider clock)
    {
        _clock = clock;
        _meter = meters.Create(MeterName);
        _phases = _meter.CreateCounter<long>(
            "agentpay.payments.phases", "{payment}", "Payments that entered a phase; the final phase has the result");
        _callbacks = _meter.CreateCounter<long>("agentpay.payments.callbacks", "{callback}", "Payment callbacks from Twilio, by result");
        _refused = _meter.CreateCounter<long>(
            "agentpay.payments.busy", "{payment}", "Payments that were not started because Sync cannot store more of them now");
        _age = _meter.CreateHistogram<double>(
            "agentpay.payments.callback.age", "s", "Age of a callback on arrival; Twilio's timestamps have whole seconds");
        _toReader = _meter.CreateHistogram<double>(
            "agentpay.payments.callback.to_reader",
            "s",
            "Time from a callback's arrival until a reader of the feed, such as a circuit, has the change");
        _commands = _meter.CreateHistogram<double>(
            "agentpay.payments.command.duration", "s", "Duration of payment requests to Twilio, retries included, by result");
        _meter.CreateObservableGauge(
            "agentpay.payments.waiting", () => Waiting(outbox), "{payment}", "Payments with changes that are not written to Sync yet");
    }

    /// <summary>Raised after each request for a payment: true when Twilio accepted or refused it, false when it did not answer.</summary>
    public event Action<bool>? Answered;

    /// <summary>Records the time from the callback until a reader of the feed has the payment.</summary>
    public void Read(PaymentSession session)
    {
        if (session.ReceivedAt is { } received) _toReader.Record(SecondsSince(received));
    }

    internal void Entered(PaymentSession session) => _phases.Add(
        1,
        Tag("phase", WireName.Of(session.Phase)),
        Tag("result", session.IsOver ? session.Outcome?.Result ?? "unknown" : null));

    /// <summary>A start was refused because AgentPay is busy.</summary>
    internal void Refused() => _refused.Add(1);

    internal void Called(PayCallback callback) => _age.Record(SecondsSince(callback.SentAt));

    internal void Called(string result) => _callbacks.Add(1, Tag("result", result));

    /// <param name="code">Twilio's error code.</param>
    internal void Commanded(PaymentAction action, long since, string result, int? code = null)
    {
        _commands.Record(
            _clock.GetElapsedTime(since).TotalSeconds, Tag("action", WireName.Of(action)), Tag("result", result), Tag("code", code));
        Answered?.Invoke(result != Unanswered);
    }

    private static Measurement<int>[] Waiting(Outbox outbox) =>
        [
            new(outbox.Count(PaymentStore.OutboxKind), Tag("what", "callbacks")),
            new(outbox.Count(PaymentRecords.OutboxKind), Tag("what", "records")),
        ];

    private double SecondsSince(DateTimeOffset at) => Math.Max(0, (_clock.GetUtcNow() - at).TotalSeconds);

    private static KeyValuePair<string, object?> Tag(string key, object? value) => new(key, value);
}
