using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;

namespace AgentPay.Web.Tests.Load;

/// <summary>Something unusual that a person does during a payment.</summary>
internal enum Whim
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

    private static readonly (Whim Whim, int Weight)[] Whims =
        [(Whim.None, 50), (Whim.DoubleClick, 12), (Whim.Reload, 12), (Whim.Cancel, 6), (Whim.HangUp, 5), (Whim.HangUpLate, 5), (Whim.Mistype, 10)];

    private readonly Random _random;

    public LoadOrder(int seed, int number)
    {
        _random = new(unchecked((seed * 1_000_003) + number));
        Reference = $"order-{seed}-{number}";
        Driver = _random.Next(5) < 3 ? PaymentDriver.Server : PaymentDriver.Client;
        Amount = _random.Next(10) == 0 ? 0 : _random.Next(100, 20_000) / 100m;
        (Card, Whim) = (Draw(Cards), Draw(Whims));
        Agent = $"agent{_random.Next(20)}@example.com";
    }

    /// <summary>What the gateway knows it by, whatever is tried to get it paid.</summary>
    public string Reference { get; }

    public PaymentDriver Driver { get; }

    /// <summary>0 to get a token.</summary>
    public decimal Amount { get; }

    public string Card { get; }

    public Whim Whim { get; }

    public string Agent { get; }

    private T Draw<T>((T Value, int Weight)[] choices)
    {
        var at = _random.Next(choices.Sum(c => c.Weight));
        return choices.First(c => (at -= c.Weight) < 0).Value;
    }
}
