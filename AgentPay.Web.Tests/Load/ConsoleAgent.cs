using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Load;

/// <summary>
/// An agent at the console, whose payments the server drives: looks at the screen, does what it calls for, and moves to the other server when
/// this one is gone.
/// </summary>
internal sealed class ConsoleAgent(LoadWorld world, LoadOrder order)
{
    /// <summary>A screen that stands still for so long makes an agent press a button.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly Customer _customer = new(world, order);
    private readonly HashSet<(PaymentId, CaptureField, int)> _typed = [];
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(500);

    private int _server = order.Reference.Length + order.Agent.Length;
    private bool _hasActed;
    private bool _isBusy;

    /// <param name="startBy">Cancelled when the caller no longer waits for the start; null to wait until <paramref name="giveUp"/>.</param>
    public async Task TakePaymentAsync(CancellationToken giveUp, CancellationToken? startBy = null)
    {
        await _customer.CallInAsync();
        if (await StartAsync(startBy ?? giveUp) is { } started && await FollowAsync(started, giveUp) is { Phase: PaymentPhase.Failed } failed) await TryAgainAsync(failed.Id, giveUp);
        await _customer.HangUpAsync();
    }

    /// <summary>What has failed has not been charged, so an agent may try it once more: with another card, and on another call if the caller has gone.</summary>
    private async Task TryAgainAsync(PaymentId failed, CancellationToken giveUp)
    {
        _customer.HasAnotherCard = true;
        var isOnTheLine = !_customer.HasGone;
        if (!isOnTheLine) await _customer.CallInAsync();
        if ((isOnTheLine ? await ActAsync("again", failed) : await StartAsync(giveUp)) is { } again) await FollowAsync(again, giveUp);
    }

    private async Task<PaymentSession?> StartAsync(CancellationToken giveUp)
    {
        while (!giveUp.IsCancellationRequested)
        {
            _isBusy = false;
            var started = await SendAsync(FormattableString.Invariant($"start?agent={order.Agent}&call={_customer.Call}&amount={order.Amount}&reference={order.Reference}"))
                ?? await SendAsync($"latest?call={_customer.Call}");
            if (started is not null) return started;
            await PauseAsync(_isBusy ? DeskAnswer.BusyWait : ShortPause, giveUp);
        }
        return null;
    }

    /// <summary>The payment when it is over, or null when the agent has given up.</summary>
    private async Task<PaymentSession?> FollowAsync(PaymentSession session, CancellationToken giveUp)
    {
        while (!giveUp.IsCancellationRequested)
        {
            try
            {
                await foreach (var next in WatchAsync(session.Id, giveUp))
                {
                    if (next is null) await NudgeAsync(session);
                    else if ((session = next).IsOver) return Shown(session);
                    else await ActAsync(session);
                    if (order.Behaviour == Behaviour.Reload) break;
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or SocketException or OperationCanceledException)
            {
                await PauseAsync(ShortPause, giveUp);
            }
            _server++;
        }
        await ActAsync("cancel", session.Id);
        return null;
    }

    private PaymentSession Shown(PaymentSession over)
    {
        if (over.Payment is { } payment) world.Shown[payment.ToString()] = over.Phase;
        return over;
    }

    /// <summary>What the screen shows, and null each time that it has stood still for long.</summary>
    private async IAsyncEnumerable<PaymentSession?> WatchAsync(PaymentId payment, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken giveUp)
    {
        using var answer = await world.Http.GetAsync($"{Url}/load/watch?payment={payment}", HttpCompletionOption.ResponseHeadersRead, giveUp);
        answer.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(giveUp));
        var next = lines.ReadLineAsync(giveUp).AsTask();
        while (true)
        {
            if (await Task.WhenAny(next, Task.Delay(Patience, giveUp)) != next)
            {
                giveUp.ThrowIfCancellationRequested();
                yield return null;
                continue;
            }
            if (await next is not { } line) yield break;
            yield return JsonSerializer.Deserialize<PaymentSession>(line, SyncJson.Options);
            next = lines.ReadLineAsync(giveUp).AsTask();
        }
    }

    private async Task ActAsync(PaymentSession session)
    {
        if (order.Behaviour == Behaviour.Cancel && session.Rows.Any(r => r.Progress == FieldProgress.Captured) && session.IsBeforeSubmission) await ActAsync("cancel", session.Id);
        else if (session.Phase == PaymentPhase.Ready) await SubmitAsync(session.Id);
        else if (session is { Phase: PaymentPhase.Capturing, Pending: null, Current: { } field } && session.Row(field) is { } row)
        {
            if (row.IsOpen && _typed.Add((session.Id, field, row.Asked))) await _customer.TypeAsync(WireName.Of(field));
            else if (row.Progress is FieldProgress.Rejected or FieldProgress.TimedOut) await ActAsync("ask", session.Id, field);
        }
    }

    /// <summary>Nothing moves: what has been typed may have been lost on the way, so it is asked for again.</summary>
    private async Task NudgeAsync(PaymentSession session)
    {
        if (session.Phase == PaymentPhase.Capturing && (session.Current ?? session.Rows.FirstOrDefault(r => r.Progress != FieldProgress.Captured)?.Field) is { } field) await ActAsync("ask", session.Id, field);
        else await ActAsync(session);
    }

    private async Task SubmitAsync(PaymentId payment)
    {
        var submitted = ActAsync("submit", payment);
        if (order.Behaviour == Behaviour.DoubleClick)
        {
            _server++;
            await ActAsync("submit", payment);
        }
        await submitted;
        if (order.Behaviour != Behaviour.HangUpLate || _hasActed) return;
        _hasActed = true;
        await _customer.HangUpAsync();
    }

    private Task<PaymentSession?> ActAsync(string verb, PaymentId payment, CaptureField? field = null) => SendAsync($"{verb}?agent={order.Agent}&payment={payment}&field={field}");

    private async Task<PaymentSession?> SendAsync(string request)
    {
        try
        {
            using var answer = await world.Http.PostAsync($"{Url}/load/{request}", null);
            if (answer.StatusCode == HttpStatusCode.Conflict && await answer.Content.ReadAsStringAsync() == DeskAnswer.Busy.Code)
            {
                _isBusy = true;
                world.CountBusy();
            }
            return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<PaymentSession>(SyncJson.Options) : null;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            _server++;
            return null;
        }
    }

    private string Url => world.Instances[_server % world.Instances.Count].Url;

    private static async Task PauseAsync(TimeSpan time, CancellationToken giveUp) =>
        await Task.Delay(time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
