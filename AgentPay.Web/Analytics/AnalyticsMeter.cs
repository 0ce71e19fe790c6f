using System.Diagnostics.Metrics;

namespace AgentPay.Web.Analytics;

/// <summary>Counts sent and dropped events. The counters are observable: meter listeners do not run on the publisher's thread.</summary>
internal sealed class AnalyticsMeter
{
    public const string Name = "AgentPay.Analytics";

    private long _sent;
    private long _dropped;

    public AnalyticsMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        Create("sent", () => Interlocked.Read(ref _sent), "Events accepted by Segment");
        Create("dropped", () => Interlocked.Read(ref _dropped), "Events not accepted by Segment");

        void Create(string name, Func<long> read, string description) =>
            meter.CreateObservableCounter("agentpay.analytics." + name, read, "{event}", description);
    }

    public void Sent(int events) => Interlocked.Add(ref _sent, events);

    public void Dropped(int events) => Interlocked.Add(ref _dropped, events);
}
