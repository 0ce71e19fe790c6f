using System.Diagnostics.Metrics;

namespace AgentPay.Web.Analytics;

/// <summary>Counts sent and dropped events. The counters are observable, so that meter listeners do not run on the publisher's thread.</summary>
internal sealed class AnalyticsMeter
{
    public const string Name = "AgentPay.Analytics";

    private long _sent;
    private long _dropped;

    public AnalyticsMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        meter.CreateObservableCounter("agentpay.analytics.sent", () => Interlocked.Read(ref _sent), "{event}", "Events accepted by Segment");
        meter.CreateObservableCounter("agentpay.analytics.dropped", () => Interlocked.Read(ref _dropped), "{event}", "Events not accepted by Segment");
    }

    public void Sent(int events) => Interlocked.Add(ref _sent, events);

    public void Dropped(int events) => Interlocked.Add(ref _dropped, events);
}
