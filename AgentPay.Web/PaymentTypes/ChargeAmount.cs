using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AgentPay.Web.PaymentTypes;

/// <summary>Why a number is not an amount that can be charged.</summary>
public enum AmountProblem
{
    None,
    NotPositive,
    TooLarge,
    TooManyDecimals,
}

/// <summary>An amount that Twilio can charge: more than zero, for which it would make a token instead, and less than a million.</summary>
public sealed record ChargeAmount
{
    private const decimal Limit = 1_000_000;

    private ChargeAmount(decimal value, Currency currency) => (Value, Currency) = (value, currency);

    /// <summary>In major units: 9.99 is nine dollars and 99 cents.</summary>
    public decimal Value { get; }

    public Currency Currency { get; }

    /// <param name="value">In major units, with no more decimals than the currency has; nothing is ever rounded.</param>
    public static bool TryCreate(decimal value, Currency currency, [NotNullWhen(true)] out ChargeAmount? amount, out AmountProblem problem)
    {
        problem = value switch
        {
            <= 0 => AmountProblem.NotPositive,
            >= Limit => AmountProblem.TooLarge,
            _ when decimal.Round(value, currency.Decimals) != value => AmountProblem.TooManyDecimals,
            _ => AmountProblem.None,
        };
        amount = problem == AmountProblem.None ? new(value, currency) : null;
        return amount is not null;
    }

    /// <summary>With all the decimals of the currency and a point, in every culture: <c>10.50</c>.</summary>
    public override string ToString() => Value.ToString($"F{Currency.Decimals}", CultureInfo.InvariantCulture);
}
