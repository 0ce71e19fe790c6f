using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.Payments;

/// <summary>A load balancer at the address of Twilio's callbacks. The instances behind it take turns; without any it answers 503.</summary>
public sealed class FrontDoor : IAsyncDisposable
{
    private Proxy _proxy = null!;
    private ImmutableList<Instance> _instances = [];
    private int _turn;

    public string Url => _proxy.Url;

    /// <summary>How many instances live behind it.</summary>
    public int Count => _instances.Count;

    public static async Task<FrontDoor> StartAsync()
    {
        var door = new FrontDoor();
        door._proxy = await Proxy.StartAsync((_, context) => door.PassAsync(context));
        return door;
    }

    public void Add(string url) => ImmutableInterlocked.Update(ref _instances, all => all.Add(new(url, new())));

    /// <summary>From now on nothing reaches the instance, and what it is answering just now is never heard.</summary>
    public void Remove(string url)
    {
        var gone = _instances.Find(i => i.Url == url);
        ImmutableInterlocked.Update(ref _instances, all => all.RemoveAll(i => i.Url == url));
        gone?.Gone.Cancel();
    }

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    private async Task PassAsync(HttpContext context)
    {
        var instances = _instances;
        if (instances.IsEmpty)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        var instance = instances[(Interlocked.Increment(ref _turn) & int.MaxValue) % instances.Count];
        try
        {
            using var answer = await _proxy.ForwardAsync(context, instance.Url, instance.Gone.Token);
            if (instance.Gone.IsCancellationRequested) context.Abort();
            else await Proxy.AnswerAsync(context, answer);
        }
        catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException)
        {
            context.Abort();
        }
    }

    private sealed record Instance(string Url, CancellationTokenSource Gone);
}
