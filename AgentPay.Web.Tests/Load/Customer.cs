using System.Net.Http.Json;
using AgentPay.Web.Tests.Payments;

namespace AgentPay.Web.Tests.Load;

/// <summary>A customer on the telephone. The order decides the keys and when the customer hangs up.</summary>
internal sealed class Customer(LoadWorld world, LoadOrder order)
{
    private const int MostCalls = 5;

    private bool _hasMistyped;

    public string Call { get; private set; } = "";

    /// <summary>Whether the card of the first attempt is replaced by a good one.</summary>
    public bool HasAnotherCard { get; set; }

    /// <summary>Whether the caller has hung up in the middle of it.</summary>
    public bool HasGone { get; private set; }

    /// <summary>Calls until an agent answers: a call whose webhook meets a dying process is cut off.</summary>
    public async Task CallInAsync()
    {
        for (var calls = 0; calls < MostCalls; calls++)
        {
            Call = await world.Control.CallInAsync();
            var leg = await world.Control.ShowAsync(Call);
            if (leg.GetProperty("status").GetString() == "in-progress" && leg.GetProperty("children").GetArrayLength() > 0) return;
        }
        throw new InvalidOperationException("Nobody answers the telephone");
    }

    /// <summary>False when the call is over.</summary>
    public async Task<bool> TypeAsync(string field)
    {
        if (order.Behaviour == Behaviour.HangUp && !HasGone && field == "expiration-date")
        {
            await HangUpAsync();
            return false;
        }
        await Task.Delay(order.Pace);
        using var answer = await world.Sandbox.PostAsJsonAsync($"sandbox/control/calls/{Call}/keys", new { digits = KeysOf(field) });
        return answer.IsSuccessStatusCode;
    }

    public async Task HangUpAsync()
    {
        HasGone = true;
        (await world.Control.ActAsync(Call, "hangup")).Dispose();
    }

    private string KeysOf(string field)
    {
        if (field == "expiration-date") return "1230";
        if (field != "payment-card-number") return "123";
        if (order.Behaviour == Behaviour.Mistype && !_hasMistyped)
        {
            _hasMistyped = true;
            return "4111111111111112";
        }
        return HasAnotherCard ? PaymentsLab.GoodCard : order.Card;
    }
}
