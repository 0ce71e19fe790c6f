using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.Tests.Payments;

/// <summary>
/// When an instance stops: before its request reaches Twilio, or after the request has taken effect and before the answer arrives.
/// </summary>
public enum Moment
{
    Before,
    After,
}

/// <summary>
/// The connection of one instance to Twilio. It can be cut at any request; nothing that the instance does later has an effect.
/// </summary>
public sealed class TwilioEdge : IAsyncDisposable
{
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _twilio;
    private Proxy _proxy = null!;
    private Func<HttpRequest, bool> _fatal = _ => false;
    private Moment _moment;
    private int _steps;

    private TwilioEdge(string twilio) => _twilio = twilio;

    public string Url => _proxy.Url;

    /// <summary>The forms of the requests that open payment sessions, in their order.</summary>
    public ConcurrentQueue<Dictionary<string, StringValues>> Starts { get; } = new();

    /// <summary>How many requests have gone to the steps of payment sessions: captures, completions, cancellations.</summary>
    public int Steps => _steps;

    /// <summary>Which requests are answered 503, and whether they take effect all the same; null for those that get through.</summary>
    public Func<HttpRequest, Moment?> Fault { get; set; } = _ => null;

    /// <summary>What a request waits for before it gets through; null for those that need not wait.</summary>
    public Func<HttpRequest, Task?> Hold { get; set; } = _ => null;

    /// <summary>What a request is answered instead, without getting through: status and JSON; null for those that get through.</summary>
    public Func<HttpRequest, (int Status, string Body)?> Answer { get; set; } = _ => null;

    /// <summary>Ends when the way is cut.</summary>
    public Task WhenCut => _cut.Task;

    /// <summary>Called at the cut, before anything else can happen.</summary>
    public Action? OnCut { get; set; }

    public static async Task<TwilioEdge> StartAsync(string twilio)
    {
        var edge = new TwilioEdge(twilio);
        edge._proxy = await Proxy.StartAsync((_, context) => edge.PassAsync(context));
        return edge;
    }

    /// <summary>Cuts the way at the n-th request from now on, counted from 1.</summary>
    public void CutAt(int request, Moment moment)
    {
        var seen = 0;
        CutAt(_ => Interlocked.Increment(ref seen) == request, moment);
    }

    /// <summary>Cuts the way at the first request that fits.</summary>
    public void CutAt(Func<HttpRequest, bool> fits, Moment moment) => (_moment, _fatal) = (moment, fits);

    public void Cut()
    {
        if (_cut.TrySetResult()) OnCut?.Invoke();
    }

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    private async Task PassAsync(HttpContext context)
    {
        var isFatal = !_cut.Task.IsCompleted && _fatal(context.Request);
        if (isFatal && _moment == Moment.Before) Cut();
        if (_cut.Task.IsCompleted)
        {
            context.Abort();
            return;
        }
        await KeepAsync(context.Request);
        if (Hold(context.Request) is { } held) await held;
        if (Answer(context.Request) is { } given)
        {
            context.Response.StatusCode = given.Status;
            await context.Response.WriteAsync(given.Body);
            return;
        }
        var fault = Fault(context.Request);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (fault == Moment.Before) return;
        try
        {
            using var answer = await _proxy.ForwardAsync(context, _twilio, CancellationToken.None);
            if (isFatal) Cut();
            if (fault == Moment.After) return;
            if (_cut.Task.IsCompleted) context.Abort();
            else await Proxy.AnswerAsync(context, answer);
        }
        catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task KeepAsync(HttpRequest request)
    {
        if (request.Path.Value!.Contains("/Payments/", StringComparison.Ordinal)) Interlocked.Increment(ref _steps);
        if (!request.Path.Value!.EndsWith("/Payments.json", StringComparison.Ordinal)) return;
        request.EnableBuffering();
        Starts.Enqueue(QueryHelpers.ParseQuery(await new StreamReader(request.Body).ReadToEndAsync()));
        request.Body.Position = 0;
    }
}
