using System.Globalization;

namespace AgentPay.Web.PaymentTypes;

/// <summary>Formats amounts in the viewer's culture with the currency code: a sign such as $ is used by several currencies.</summary>
public static class Amounts
{
    private const char NoBreak = '\u00a0';

    /// <param name="amount">In major units.</param>
    /// <param name="currency">ISO 4217 code. It determines the number of decimals.</param>
    public static string Show(decimal amount, string currency)
    {
        var decimals = Currency.TryParse(currency, out var known) ? known.Decimals : 2;
        return amount.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentCulture) + NoBreak + currency;
    }
}
