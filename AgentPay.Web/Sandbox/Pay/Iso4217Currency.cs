using System.Globalization;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>A currency of ISO 4217 with its number of decimals.</summary>
public sealed record Iso4217Currency(string Code, int Decimals)
{
    private const string WithTwo =
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD "
        + "CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
        + "GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA "
        + "MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR "
        + "RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD "
        + "TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";

    private static readonly Dictionary<string, Iso4217Currency> ByCode = List(2, WithTwo)
        .Concat(List(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"))
        .Concat(List(3, "BHD IQD JOD KWD LYD OMR TND"))
        .Concat(List(4, "CLF UYW"))
        .ToDictionary(currency => currency.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>Ignores case. Returns null for an unknown code.</summary>
    public static Iso4217Currency? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>Formats an amount in major units with all decimals of the currency: <c>9.90</c>, <c>100</c>.</summary>
    public string Format(decimal amount) =>
        amount.ToString("F" + Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static IEnumerable<Iso4217Currency> List(int decimals, string codes) =>
        codes.Split(' ').Select(code => new Iso4217Currency(code, decimals));
}
