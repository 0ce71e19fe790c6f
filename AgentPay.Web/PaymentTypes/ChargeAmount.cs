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

/// <summary>An amount that Twilio can charge: more than zero and less than a million. For zero, Twilio would create a token.</summary>
public sealed record ChargeAmount
{
    private const decimal Limit = 1_000_000;

    private ChargeAmount(decimal value, Currency currency) => (Value, Currency) = (value, currency);

    /// <summary>In major units: 9.99 is nine dollars and 99 cents.</summary>
    public decimal Value { get; }

    public Currency Currency { get; }

    /// <param name="value">In major units. It is never rounded: too many decimals are an <see cref="AmountProblem"/>.</param>
    public static bool TryCreate(
        decimal value, Currency currency, [NotNullWhen(true)] out ChargeAmount? amount, out AmountProblem problem)
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

    /// <summary>Formats with all decimals of the currency and a point, in every culture: <c>10.50</c>.</summary>
    public override string ToString() => Value.ToString($"F{Currency.Decimals}", CultureInfo.InvariantCulture);
}
