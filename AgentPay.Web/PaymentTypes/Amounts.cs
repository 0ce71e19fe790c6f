using System.Globalization;

namespace AgentPay.Web.PaymentTypes;

/// <summary>Formats amounts in the viewer's culture, with the code of the currency: signs such as $ stand for several currencies.</summary>
public static class Amounts
{
    private const char NoBreak = '\u00a0';

    /// <param name="amount">Major units.</param>
    /// <param name="currency">ISO 4217; decides the number of decimals.</param>
    public static string Show(decimal amount, string currency)
    {
        var decimals = Currency.TryParse(currency, out var known) ? known.Decimals : 2;
        return amount.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentCulture) + NoBreak + currency;
    }
}
