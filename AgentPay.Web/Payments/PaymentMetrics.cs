using System.Diagnostics.Metrics;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>
/// The meter <c>AgentPay.Payments</c>. Tags hold fixed words and codes only, never data of a person, a call or a card.
/// </summary>
public sealed class PaymentMetrics
{
    public const string MeterName = "AgentPay.Payments";

    private readonly TimeProvider _clock;
    private readonly Meter _meter;
    private readonly Counter<long> _phases;
    private readonly Counter<long> _callbacks;
    private readonly Histogram<double> _age;
    private readonly Histogram<double> _toReader;
    private readonly Histogram<double> _commands;

    public PaymentMetrics(IMeterFactory meters, Outbox outbox, TimeProvider clock)
    {
        _clock = clock;
        _meter = meters.Create(MeterName);
        _phases = _meter.CreateCounter<long>(
            "agentpay.payments.phases", "{payment}", "Payments that have entered a phase; at its end, with the result");
        _callbacks = _meter.CreateCounter<long>("agentpay.payments.callbacks", "{callback}", "Twilio's callbacks, by what became of them");
        _age = _meter.CreateHistogram<double>(
            "agentpay.payments.callback.age", "s", "How old a callback was when it came, by Twilio's whole seconds");
        _toReader = _meter.CreateHistogram<double>(
            "agentpay.payments.callback.to_reader",
            "s",
            "From a callback's arrival until a circuit, or another reader of the feed, has what it brought");
        _commands = _meter.CreateHistogram<double>(
            "agentpay.payments.command.duration", "s", "Requests to Twilio about payments, tries included, by what it made of them");
        _meter.CreateObservableGauge(
            "agentpay.payments.waiting", () => Waiting(outbox), "{payment}", "Payments with something that Sync has not taken yet");
    }

    /// <summary>A reader of the feed has a payment that was published while it watched.</summary>
    public void Read(PaymentSession session)
    {
        if (session.HeardAt is { } heard) _toReader.Record(SecondsSince(heard));
    }

    internal void Entered(PaymentSession session) => _phases.Add(
        1,
        Tag("phase", WireName.Of(session.Phase)),
        Tag("result", session.IsOver ? session.Outcome?.Result ?? "unknown" : null));

    internal void Called(PayCallback callback) => _age.Record(SecondsSince(callback.SentAt));

    internal void Called(string result) => _callbacks.Add(1, Tag("result", result));

    /// <param name="code">Twilio's error code.</param>
    internal void Commanded(PaymentAction action, long since, string result, int? code = null) =>
        _commands.Record(
            _clock.GetElapsedTime(since).TotalSeconds, Tag("action", WireName.Of(action)), Tag("result", result), Tag("code", code));

    private static Measurement<int>[] Waiting(Outbox outbox) =>
        [
            new(outbox.Count(PaymentStore.OutboxKind), Tag("what", "callbacks")),
            new(outbox.Count(PaymentRecords.OutboxKind), Tag("what", "records")),
        ];

    private double SecondsSince(DateTimeOffset at) => Math.Max(0, (_clock.GetUtcNow() - at).TotalSeconds);

    private static KeyValuePair<string, object?> Tag(string key, object? value) => new(key, value);
}
