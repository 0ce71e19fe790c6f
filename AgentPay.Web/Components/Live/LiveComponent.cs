using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.Components;

namespace AgentPay.Web.Components.Live;

/// <summary>
/// Base class of components that follow live data. It starts after the first interactive render, changes state and renders on the circuit,
/// passes exceptions to the nearest error boundary, and stops when it is disposed.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly List<Task> _watches = [];

    protected LiveComponent() => Gone = _gone.Token;

    /// <summary>Who is signed in; null once the session is over.</summary>
    [CascadingParameter] public CurrentUser? User { get; set; }

    /// <summary>Cancelled when the component leaves the screen.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>Called once, when the circuit has started. Start watching here.</summary>
    protected virtual void OnLive()
    {
    }

    /// <summary>Calls <paramref name="show"/> and renders, for the latest snapshot of the key and for each newer one.</summary>
    /// <returns>Ends the watch when disposed; it also ends with the component.</returns>
    protected IDisposable Watch<TKey, T>(LiveFeed<TKey, T> feed, TKey key, Action<T> show)
        where TKey : notnull
        where T : class => Follow(feed, key, snapshot =>
        {
            show(snapshot);
            return true;
        });

    /// <summary>As <see cref="Watch{TKey, T}"/>, but renders only when <paramref name="apply"/> returns true.</summary>
    /// <inheritdoc cref="Watch{TKey, T}" path="/returns"/>
    protected IDisposable Follow<TKey, T>(LiveFeed<TKey, T> feed, TKey key, Func<T, bool> apply)
        where TKey : notnull
        where T : class
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        _watches.RemoveAll(watch => watch.IsCompleted);
        _watches.Add(FollowAsync(feed, key, apply, stop.Token));
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

    /// <summary>Disposes what the component holds beside its watches.</summary>
    protected virtual ValueTask OnGoneAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// Runs an action on the circuit and renders. Exceptions go to the nearest error boundary.
    /// A cancellation by <see cref="Gone"/> is ignored.
    /// </summary>
    protected Task OnCircuitAsync(Func<Task> act) => InvokeAsync(async () =>
    {
        await GuardAsync(act, Gone);
        if (!Gone.IsCancellationRequested) StateHasChanged();
    });

    private Task FollowAsync<TKey, T>(LiveFeed<TKey, T> feed, TKey key, Func<T, bool> apply, CancellationToken cancellation)
        where TKey : notnull
        where T : class => GuardAsync(async () =>
        {
            await foreach (var snapshot in feed.WatchAsync(key, cancellation))
            {
                await InvokeAsync(() =>
                {
                    // A snapshot may arrive after the watch has ended.
                    if (!cancellation.IsCancellationRequested && apply(snapshot)) StateHasChanged();
                });
            }
        }, cancellation);

    private async Task GuardAsync(Func<Task> act, CancellationToken cancellation)
    {
        try
        {
            await act();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The watch has ended, or the component has left the screen.
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
