using System.Diagnostics.CodeAnalysis;

namespace AgentPay.Web.PaymentTypes;

/// <summary>A currency of ISO 4217. Any three letters will do: which currencies are taken is for the pay connector to say.</summary>
public sealed record Currency
{
    private static readonly HashSet<string> Without =
        ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"];

    private static readonly HashSet<string> WithThree = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    private static readonly HashSet<string> WithFour = ["CLF", "UYW"];

    private Currency(string code) => Code = code;

    /// <summary>Three capital letters.</summary>
    public string Code { get; }

    /// <summary>The digits after the decimal point, by ISO 4217: 0 for JPY, 2 for USD, 3 for KWD.</summary>
    public int Decimals => Without.Contains(Code) ? 0 : WithThree.Contains(Code) ? 3 : WithFour.Contains(Code) ? 4 : 2;

    /// <param name="code">Three letters, in either case.</param>
    public static bool TryParse([NotNullWhen(true)] string? code, [NotNullWhen(true)] out Currency? currency)
    {
        currency = code?.Length == 3 && code.All(char.IsAsciiLetter) ? new(code.ToUpperInvariant()) : null;
        return currency is not null;
    }

    public override string ToString() => Code;
}
