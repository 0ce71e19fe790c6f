using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>What AgentPay asks of Sync, by the meter <c>AgentPay.Sync</c>. A request counts once, however often it had to be sent.</summary>
public sealed class SyncMetrics
{
    public const string MeterName = "AgentPay.Sync";

    private readonly Meter _meter;
    private readonly Counter<long> _reads;
    private readonly Counter<long> _writes;
    private readonly Counter<long> _throttled;
    private readonly Histogram<double> _pollLag;

    public SyncMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _reads = _meter.CreateCounter<long>("agentpay.sync.reads", "{request}", "Requests that read objects of Sync");
        _writes = _meter.CreateCounter<long>("agentpay.sync.writes", "{request}", "Requests that create, change or delete objects of Sync");
        _throttled = _meter.CreateCounter<long>("agentpay.sync.throttled", "{request}", "Requests that Sync refused for their rate to the last");
        _pollLag = _meter.CreateHistogram<double>("agentpay.sync.poll.lag", "s", "How late a poll began");
    }

    internal Task<T> ReadAsync<T>(Task<T> request) => CountAsync(_reads, request);

    internal Task<T> WriteAsync<T>(Task<T> request) => CountAsync(_writes, request);

    /// <summary>A list as it is, each of its pages counted as it is fetched.</summary>
    internal async IAsyncEnumerable<T> ReadPagesAsync<T>(IAsyncEnumerable<T> list, int pageSize, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var items = list.GetAsyncEnumerator(cancellation);
        for (var read = 0; await (read % pageSize == 0 ? ReadAsync(items.MoveNextAsync().AsTask()) : items.MoveNextAsync().AsTask()); read++) yield return items.Current;
    }

    internal void PollBegan(string source, TimeSpan lag) => _pollLag.Record(lag.TotalSeconds, KeyValuePair.Create<string, object?>("source", source));

    internal void ObserveReaders(Func<IEnumerable<Measurement<int>>> readers) =>
        _meter.CreateObservableGauge("agentpay.sync.readers", readers, "{reader}", "Screens that follow a feed");

    private async Task<T> CountAsync<T>(Counter<long> counter, Task<T> request)
    {
        counter.Add(1);
        try
        {
            return await request;
        }
        catch (TwilioException failure) when (failure.IsRateLimited)
        {
            _throttled.Add(1);
            throw;
        }
    }
}
