using AgentPay.Web.Sync;

namespace AgentPay.Web.Board;

/// <summary>
/// Publishes the board at most every <see cref="Pace"/> while someone watches it, so that many changes make one update. A digit that a
/// caller enters is no change.
/// </summary>
internal sealed class BoardPublisher(LiveFeed<string, BoardSnapshot> feed, BoardSource board, TimeProvider clock) : BackgroundService
{
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _watched = new(0, 1);

    public override void Dispose()
    {
        _watched.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        feed.WatchBegan += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (!feed.IsWatched(BoardSnapshot.Key)) await _watched.WaitAsync(stoppingToken);
                board.Publish();
                await Task.Delay(Pace, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            feed.WatchBegan -= Wake;
        }
    }

    private void Wake(string key)
    {
        lock (_watched)
        {
            if (_watched.CurrentCount == 0) _watched.Release();
        }
    }
}
