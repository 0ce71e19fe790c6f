using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;

namespace AgentPay.Web.Tests.Load;

/// <summary>Something unusual that a person does during a payment.</summary>
internal enum Behaviour
{
    None,

    /// <summary>The agent presses Take payment twice, on two servers.</summary>
    DoubleClick,

    /// <summary>The agent reloads the page, again and again.</summary>
    Reload,

    /// <summary>The agent cancels as soon as a field is captured.</summary>
    Cancel,

    /// <summary>The caller hangs up in the middle of it.</summary>
    HangUp,

    /// <summary>The caller hangs up right after the submission.</summary>
    HangUpLate,

    /// <summary>The caller mistypes the card number first.</summary>
    Mistype,
}

/// <summary>One order, to be paid once. Its random properties depend on the seed and its number.</summary>
internal sealed class LoadOrder
{
    private static readonly (string Card, int Weight)[] Cards =
    [
        (PaymentsLab.GoodCard, 80), (PaymentsLab.DeclinedCard, 8), ("4000000000000309", 3), ("4000000000000408", 3), ("4000000000000606", 3), ("4000000000000705", 3),
    ];

    private static readonly (Behaviour Behaviour, int Weight)[] Behaviours =
        [(Behaviour.None, 50), (Behaviour.DoubleClick, 12), (Behaviour.Reload, 12), (Behaviour.Cancel, 6), (Behaviour.HangUp, 5), (Behaviour.HangUpLate, 5), (Behaviour.Mistype, 10)];

    private readonly Random _random;

    public LoadOrder(int seed, int number)
    {
        _random = new(unchecked((seed * 1_000_003) + number));
        Reference = $"order-{seed}-{number}";
        Driver = _random.Next(5) < 3 ? PaymentDriver.Server : PaymentDriver.Client;
        Amount = _random.Next(10) == 0 ? 0 : _random.Next(100, 20_000) / 100m;
        (Card, Behaviour) = (Draw(Cards), Draw(Behaviours));
        Agent = $"agent{_random.Next(20)}@example.com";
    }

    /// <summary>What the gateway knows it by, whatever is tried to get it paid.</summary>
    public string Reference { get; }

    public PaymentDriver Driver { get; }

    /// <summary>0 to get a token.</summary>
    public decimal Amount { get; init; }

    public string Card { get; init; }

    public Behaviour Behaviour { get; init; }

    public string Agent { get; }

    /// <summary>How long the caller takes for each field.</summary>
    public TimeSpan Pace { get; init; }

    private T Draw<T>((T Value, int Weight)[] choices)
    {
        var at = _random.Next(choices.Sum(c => c.Weight));
        return choices.First(c => (at -= c.Weight) < 0).Value;
    }
}
