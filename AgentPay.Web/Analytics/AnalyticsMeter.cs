using System.Diagnostics.Metrics;

namespace AgentPay.Web.Analytics;

/// <summary>What has become of the events. Observed and not pushed, so that nobody's listener runs on a publisher's thread.</summary>
internal sealed class AnalyticsMeter
{
    public const string Name = "AgentPay.Analytics";

    private long _sent;
    private long _dropped;

    public AnalyticsMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        meter.CreateObservableCounter("agentpay.analytics.sent", () => Interlocked.Read(ref _sent), "{event}", "Events that Segment has taken");
        meter.CreateObservableCounter("agentpay.analytics.dropped", () => Interlocked.Read(ref _dropped), "{event}", "Events that never reached Segment");
    }

    public void Sent(int events) => Interlocked.Add(ref _sent, events);

    public void Dropped(int events) => Interlocked.Add(ref _dropped, events);
}
