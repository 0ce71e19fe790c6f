using System.Globalization;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// Reads <c>ChargeAmount</c>: a decimal in major units, at least 0 and less than one million. Other values give error 64003.
/// </summary>
public static class ChargeAmountParser
{
    private const decimal Limit = 1_000_000m;

    /// <param name="text">Null means 0: nothing is charged.</param>
    public static decimal Read(string? text, Iso4217Currency currency)
    {
        if (text is null) return 0;
        if (text.StartsWith('-')) throw PayErrors.InvalidAmount("it is negative");
        var isPlain = text.All(c => char.IsAsciiDigit(c) || c == '.');
        if (!isPlain || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            throw PayErrors.InvalidAmount("it must be a number with a decimal point and nothing else");
        var decimals = text.Contains('.') ? text.Length - text.IndexOf('.') - 1 : 0;
        if (decimals > currency.Decimals) throw PayErrors.InvalidAmount($"{currency.Code} has fewer decimals");
        return amount < Limit ? amount : throw PayErrors.InvalidAmount("it must be less than 1000000");
    }
}
