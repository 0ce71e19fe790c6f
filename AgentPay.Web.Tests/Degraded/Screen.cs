using AgentPay.Web.Calls;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>
/// Behaves as a circuit on a call: looks for its payment until it is found, then follows the payment and the list of calls.
/// </summary>
internal sealed class Screen : IAsyncDisposable
{
    /// <summary>As the payment panel has it.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _left = new();
    private readonly TaskCompletionSource<PaymentSession> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<PaymentSession> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _watching = Task.CompletedTask;

    /// <summary>Ends with the first snapshot that the feed has for the screen.</summary>
    public Task<PaymentSession> First => _first.Task;

    /// <summary>Ends once the screen shows the payment's end.</summary>
    public Task<PaymentSession> Over => _over.Task;

    public static async Task<Screen> OpenAsync(AgentPayApp app, string agent, string call)
    {
        var desk = app.Services.GetRequiredService<PaymentDesk>();
        DeskAnswer found;
        while ((found = await desk.LatestAsync(Agents.Agent(agent), CallSid.Parse(call), null, default)) == DeskAnswer.Unavailable) await Task.Delay(LookInterval, app.Clock);
        var screen = new Screen();
        screen._watching = Task.WhenAll(
            screen.FollowAsync(app.Services.GetRequiredService<LiveFeed<string, CallList>>(), CallDirectory.ListKey, _ => { }),
            screen.FollowAsync(app.Services.GetRequiredService<LiveFeed<PaymentId, PaymentSession>>(), PaymentsHost.Done(found).Id, screen.Show));
        return screen;
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await _watching;
        _left.Dispose();
    }

    private void Show(PaymentSession payment)
    {
        _first.TrySetResult(payment);
        if (payment.IsOver) _over.TrySetResult(payment);
    }

    private async Task FollowAsync<TKey, T>(LiveFeed<TKey, T> feed, TKey key, Action<T> show)
        where TKey : notnull
        where T : class
    {
        try
        {
            await foreach (var snapshot in feed.WatchAsync(key, _left.Token)) show(snapshot);
        }
        catch (OperationCanceledException)
        {
            // Left.
        }
    }
}
