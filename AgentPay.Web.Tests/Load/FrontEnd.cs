using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace AgentPay.Web.Tests.Load;

/// <summary>A front end that drives its payments over the API with a Sync token and follows them in <c>payMap</c>.</summary>
internal sealed class FrontEnd(LoadWorld world, LoadOrder order, string token)
{
    private static readonly string[] Fields = ["payment-card-number", "expiration-date", "security-code"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private readonly Customer _customer = new(world, order);
    private string _payment = "";
    private PayItem? _item;

    /// <inheritdoc cref="ConsoleAgent.TakePaymentAsync"/>
    public async Task TakePaymentAsync(CancellationToken giveUp, CancellationToken? startBy = null)
    {
        await _customer.CallInAsync();
        if (await StartAsync(startBy ?? giveUp)) await DriveAsync(giveUp);
        await _customer.HangUpAsync();
    }

    private async Task<bool> StartAsync(CancellationToken giveUp)
    {
        var body = new { callSid = _customer.Call, ChargeAmount = order.Amount, TokenType = "reusable", Currency = "USD", PaymentConnector = "Default", SecurityCode = true, PostalCode = false, Reference = order.Reference };
        while (!giveUp.IsCancellationRequested)
        {
            if (await PostAsync("startCapture", body) is { } payment)
            {
                _payment = payment;
                return true;
            }
            await PauseAsync(giveUp);
        }
        return false;
    }

    private async Task DriveAsync(CancellationToken giveUp)
    {
        while (!giveUp.IsCancellationRequested && _item?.IsOver != true)
        {
            if (Fields.FirstOrDefault(f => _item?.Requires(f) != false) is { } field) await CaptureAsync(field, giveUp);
            else if (order.Behaviour == Behaviour.Cancel) await ChangeAsync("cancel", giveUp);
            else await ChangeAsync("complete", giveUp);
        }
        if (_item is { IsOver: true } over) world.Shown[_payment] = over.Phase;
        else await PostAsync("changeSession", Change("cancel"));
    }

    private async Task CaptureAsync(string field, CancellationToken giveUp)
    {
        var asked = await PostAsync("updateCaptureType", new { callSid = _customer.Call, paySid = _payment, captureType = field });
        if (asked is null) await PauseAsync(giveUp);
        else await _customer.TypeAsync(field);
        await FollowAsync(item => !item.Requires(field) || (asked is not null && item.HasError), asked is null ? TimeSpan.FromMilliseconds(500) : Patience, giveUp);
    }

    private async Task ChangeAsync(string status, CancellationToken giveUp)
    {
        var changes = Enumerable.Range(0, order.Behaviour == Behaviour.DoubleClick ? 2 : 1).Select(_ => PostAsync("changeSession", Change(status))).ToList();
        await Task.WhenAll(changes);
        if (order.Behaviour == Behaviour.HangUpLate) await _customer.HangUpAsync();
        await FollowAsync(_ => false, Patience, giveUp);
    }

    /// <summary>Takes in what <c>payMap</c> tells, until it is as wished, or over, or nothing comes.</summary>
    private async Task FollowAsync(Func<PayItem, bool> wish, TimeSpan patience, CancellationToken giveUp)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        limit.CancelAfter(patience);
        try
        {
            await foreach (var item in world.Balancer.PayMap.WatchAsync(_payment, limit.Token))
            {
                _item = item;
                if (item.IsOver || wish(item)) return;
            }
        }
        catch (OperationCanceledException)
        {
            // Nothing more has been told.
        }
        await world.FetchItemAsync(_payment, token);
        _item = world.Balancer.PayMap.Latest(_payment) ?? _item;
    }

    private object Change(string status) => new { callSid = _customer.Call, paySid = _payment, Status = status };

    /// <summary>What was answered, or null when it was refused or did not get through.</summary>
    private async Task<string?> PostAsync(string route, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{world.Balancer.Url}/{route}") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", token);
        try
        {
            using var answer = await world.Http.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter?.Delta is { } wait)
            {
                world.CountBusy();
                await Task.Delay(wait);
            }
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
        }
        catch (Exception broken) when (broken is HttpRequestException or SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task PauseAsync(CancellationToken giveUp) =>
        await Task.Delay(TimeSpan.FromSeconds(1), giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
