using System.Collections.Concurrent;
using System.Net;
using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Calls;

/// <summary>
/// The outbox of call records: each is tried at once, and again with jittered waits until Sync has taken it or an item would have expired.
/// Those of one call go one after another, and what has come in meanwhile goes with the next try. Emptied, if Sync lets it, when the host stops.
/// </summary>
internal sealed class LateRecords(CallStore store, CallCache cache, IOptions<SyncOptions> options, TimeProvider clock, ILogger<LateRecords> log)
    : IHostedService, IDisposable
{
    /// <summary>Calls that wait at once; at more than this, Sync has been gone for so long that memory goes first.</summary>
    private const int MostCalls = 10_000;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _lanes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Takes a change: it counts on this instance at once, and in Sync as soon as can be.</summary>
    /// <returns>Ends with whether Sync has it; false when it was given up.</returns>
    public Task<bool> PutAsync(string uui, CallChange change)
    {
        if (_lanes.Count >= MostCalls && cache.Pending(uui).Count == 0)
        {
            log.OutboxFull(MostCalls);
            return Task.FromResult(false);
        }
        var (record, isFirst) = cache.Add(uui, change);
        if (isFirst) _ = RunLaneAsync(uui, [record!]);
        return record?.Stored ?? Task.FromResult(true);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Cuts the waits short, so that each record is tried once more, and waits for that until the host's patience ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _stopping.CancelAsync();
            var lanes = Task.WhenAll(_lanes.Values.Select(lane => lane.Task));
            await lanes.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _abandoned.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // A host that is disposed of while it stops asks again: by then nothing is left to wait for.
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _abandoned.Dispose();
    }

    private async Task RunLaneAsync(string uui, IReadOnlyList<LateRecord> batch)
    {
        var lane = _lanes[uui] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        for (var failures = 0; batch.Count > 0;)
        {
            var isLast = _stopping.IsCancellationRequested;
            var outcome = await TryAsync(uui, batch, failures);
            if (outcome is null && !isLast && !IsOver(batch))
            {
                await WaitAsync(++failures);
                batch = cache.Pending(uui);
                continue;
            }
            if (outcome is not true) log.GivenUp(cache.View(uui).Call?.PstnSid);
            failures = 0;
            var settled = batch;
            batch = cache.Settle(uui, settled);
            foreach (var record in settled) record.Settle(outcome is true);
        }
        _lanes.TryRemove(KeyValuePair.Create(uui, lane));
        lane.SetResult();
    }

    /// <summary>True when it is stored, false when it never will be, null when it may be another time.</summary>
    private async Task<bool?> TryAsync(string uui, IReadOnlyList<LateRecord> batch, int failures)
    {
        try
        {
            await store.ChangeAsync(uui, known => batch.Aggregate(known, (call, record) => record.Change(call)), _abandoned.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception failure)
        {
            log.NotStored(cache.View(uui).Call?.PstnSid, failures + 1, failure.Message);
            return failure is TwilioException { Status: HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge } ? false : null;
        }
    }

    private async Task WaitAsync(int failures)
    {
        var longest = ShortestWait * Math.Pow(2, Math.Min(failures - 1, 10));
        var wait = (longest < LongestWait ? longest : LongestWait) * (0.5 + (Random.Shared.NextDouble() / 2));
        await Task.Delay(wait, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private bool IsOver(IReadOnlyList<LateRecord> batch) => clock.GetUtcNow() - batch[0].Since > options.Value.ItemTtl;
}
