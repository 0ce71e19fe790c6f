using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>
/// Counts requests to Sync in the meter <c>AgentPay.Sync</c>. A request counts once, even if the HTTP client sends it several times.
/// </summary>
public sealed class SyncMetrics
{
    public const string MeterName = "AgentPay.Sync";

    private static readonly char[] Date = [.. "-0123456789"];

    private readonly Meter _meter;
    private readonly Counter<long> _reads;
    private readonly Counter<long> _writes;
    private readonly Counter<long> _throttled;
    private readonly Histogram<double> _pollLag;
    private readonly ConcurrentDictionary<string, Func<int>> _readers = new();

    public SyncMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(MeterName);
        _reads = meter.CreateCounter<long>("agentpay.sync.reads", "{request}", "Requests that read objects of Sync");
        _writes = meter.CreateCounter<long>("agentpay.sync.writes", "{request}", "Requests that create, change or delete objects of Sync");
        _throttled = meter.CreateCounter<long>(
            "agentpay.sync.throttled", "{request}", "Requests that Sync refused with 429");
        _pollLag = meter.CreateHistogram<double>("agentpay.sync.poll.lag", "s", "How late a poll began");
        meter.CreateObservableGauge(
            "agentpay.sync.readers",
            () => _readers.Select(feed => new Measurement<int>(feed.Value(), SourceTag(feed.Key))),
            "{reader}",
            "Screens that follow a feed");
    }

    /// <summary>Raised after each request: true when Sync answered it, false when it throttled or could not be reached.</summary>
    public event Action<bool>? Completed;

    internal Task<T> ReadAsync<T>(Task<T> request) => CountAsync(_reads, request);

    internal Task<T> WriteAsync<T>(Task<T> request) => CountAsync(_writes, request);

    // Returns the items of the list and counts each page when it is fetched.
    internal async IAsyncEnumerable<T> ReadPagesAsync<T>(
        IAsyncEnumerable<T> list, int pageSize, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var items = list.GetAsyncEnumerator(cancellation);
        for (var read = 0; ; read++)
        {
            var next = items.MoveNextAsync().AsTask();
            var isFirstOfPage = read % pageSize == 0;
            if (!await (isFirstOfPage ? ReadAsync(next) : next)) yield break;
            yield return items.Current;
        }
    }

    internal void PollBegan(string source, TimeSpan lag) => _pollLag.Record(lag.TotalSeconds, SourceTag(source));

    internal void ObserveReaders(string source, Func<int> readers) => _readers[source] = readers;

    internal void ObserveBudgets(Func<IEnumerable<(string Name, SyncBudgetState State)>> budgets) => _meter.CreateObservableGauge(
        "agentpay.sync.budget",
        () => budgets().SelectMany(budget => Measurements(budget.Name, budget.State)),
        "{write}",
        "Writes of an object in ten seconds: the limit, those used, and those that wait");

    // The maps of the history have a date in their names, which would make a time series for each day.
    private static IEnumerable<Measurement<int>> Measurements(string name, SyncBudgetState state)
    {
        (string What, int Writes)[] values = [("limit", state.Limit), ("used", state.Used), ("waiting", state.Waiting)];
        return values.Select(value => new Measurement<int>(value.Writes, new("object", name.TrimEnd(Date)), new("what", value.What)));
    }

    private static KeyValuePair<string, object?> SourceTag(string source) => new("source", source);

    private async Task<T> CountAsync<T>(Counter<long> counter, Task<T> request)
    {
        counter.Add(1);
        try
        {
            var answer = await request;
            Completed?.Invoke(true);
            return answer;
        }
        catch (TwilioException failure)
        {
            if (failure.IsRateLimited) _throttled.Add(1);
            Completed?.Invoke(!failure.IsRateLimited && !failure.IsUnavailable);
            throw;
        }
    }
}
