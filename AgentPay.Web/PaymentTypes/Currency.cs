using System.Diagnostics.CodeAnalysis;

namespace AgentPay.Web.PaymentTypes;

/// <summary>An ISO 4217 currency code. Any three letters are valid: the pay connector decides which currencies it accepts.</summary>
public sealed record Currency
{
    private static readonly HashSet<string> WithoutDecimals =
        ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"];

    private static readonly HashSet<string> WithThreeDecimals = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    private static readonly HashSet<string> WithFourDecimals = ["CLF", "UYW"];

    private Currency(string code) => Code = code;

    /// <summary>Three capital letters.</summary>
    public string Code { get; }

    /// <summary>The number of decimals in ISO 4217: 0 for JPY, 2 for USD, 3 for KWD.</summary>
    public int Decimals =>
        WithoutDecimals.Contains(Code) ? 0
        : WithThreeDecimals.Contains(Code) ? 3
        : WithFourDecimals.Contains(Code) ? 4
        : 2;

    /// <param name="code">Three letters, in either case.</param>
    public static bool TryParse([NotNullWhen(true)] string? code, [NotNullWhen(true)] out Currency? currency)
    {
        currency = code?.Length == 3 && code.All(char.IsAsciiLetter) ? new(code.ToUpperInvariant()) : null;
        return currency is not null;
    }

    public override string ToString() => Code;
}
