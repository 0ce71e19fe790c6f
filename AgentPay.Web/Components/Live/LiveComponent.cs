using AgentPay.Web.Sync;
using Microsoft.AspNetCore.Components;

namespace AgentPay.Web.Components.Live;

/// <summary>
/// A component that follows live data, and the only place that knows how: it begins after the first interactive render, changes state
/// and renders on the circuit, hands faults to the nearest error boundary, and is silent once it is disposed of.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly List<Task> _watches = [];

    /// <summary>Cancelled when the component leaves the screen.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>The circuit is there, once; the place to begin watching.</summary>
    protected virtual void OnLive()
    {
    }

    /// <summary>Calls <paramref name="show"/>, and renders, for the latest snapshot of the key and for each newer one.</summary>
    /// <returns>Ends the watch when disposed of; it also ends with the component.</returns>
    protected IDisposable Watch<TKey, T>(LiveFeed<TKey, T> feed, TKey key, Action<T> show)
        where TKey : notnull
        where T : class
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        _watches.RemoveAll(watch => watch.IsCompleted);
        _watches.Add(FollowAsync(feed, key, show, stop.Token));
        return new Watching(stop);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) OnLive();
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await Task.WhenAll(_watches);
        await OnGoneAsync();
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>For what else has to be let go of.</summary>
    protected virtual ValueTask OnGoneAsync() => ValueTask.CompletedTask;

    private async Task FollowAsync<TKey, T>(LiveFeed<TKey, T> feed, TKey key, Action<T> show, CancellationToken cancellation)
        where TKey : notnull
        where T : class
    {
        try
        {
            await foreach (var snapshot in feed.WatchAsync(key, cancellation))
            {
                await InvokeAsync(() =>
                {
                    // A snapshot may have been on its way when the watch was ended.
                    if (cancellation.IsCancellationRequested) return;
                    show(snapshot);
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ended, as it should be.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    private sealed class Watching(CancellationTokenSource stop) : IDisposable
    {
        public void Dispose() => stop.Cancel();
    }
}
