using System.Globalization;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// Twilio's card types, told by the first digits. UnionPay (62) counts as discover, with which it shares a network: Twilio's list has no name for it.
/// Optima can be named as valid but has no numbers of its own.
/// </summary>
public sealed class CardBrand
{
    public static readonly CardBrand Visa = new("visa", [13, 16, 19], 16, (4, 4));
    public static readonly CardBrand Mastercard = new("mastercard", [16], 16, (51, 55), (2221, 2720));
    public static readonly CardBrand Amex = new("amex", [15], 15, (34, 34), (37, 37)) { SecurityCodeLength = 4 };
    public static readonly CardBrand Discover = new("discover", [16, 17, 18, 19], 16, (6011, 6011), (62, 62), (644, 649), (65, 65));
    public static readonly CardBrand Jcb = new("jcb", [16, 17, 18, 19], 16, (3528, 3589));
    public static readonly CardBrand DinersClub = new("diners-club", [14, 15, 16, 17, 18, 19], 16, (30, 30), (36, 36), (38, 39));
    public static readonly CardBrand Enroute = new("enroute", [15], 15, (2014, 2014), (2149, 2149));
    public static readonly CardBrand Maestro = new("maestro", [12, 13, 14, 15, 16, 17, 18, 19], 19, (50, 50), (56, 58), (6, 6));
    public static readonly CardBrand Optima = new("optima", [15], 15);

    /// <summary>A prefix that no brand has, or that is still too short to tell.</summary>
    public static readonly CardBrand Unknown = new("unknown", [12, 13, 14, 15, 16, 17, 18, 19], 19);

    /// <summary>Those that <c>ValidCardTypes</c> may name.</summary>
    public static readonly IReadOnlyList<CardBrand> Named = [Visa, Mastercard, Amex, Maestro, Discover, Optima, Jcb, DinersClub, Enroute];

    /// <summary>Maestro is what is left of the sixes, so it is tried last.</summary>
    private static readonly CardBrand[] ByPrefix = [Visa, Mastercard, Amex, Discover, Jcb, DinersClub, Enroute, Maestro];

    private readonly int[] _lengths;
    private readonly (int First, int Last)[] _prefixes;

    private CardBrand(string name, int[] lengths, int fullLength, params (int First, int Last)[] prefixes)
    {
        Name = name;
        FullLength = fullLength;
        _lengths = lengths;
        _prefixes = prefixes;
    }

    /// <summary>As in <c>ValidCardTypes</c> and <c>PaymentCardType</c>.</summary>
    public string Name { get; }

    /// <summary>The entry ends by itself at this many digits; shorter numbers need # or the timeout, and longer ones cannot be entered.</summary>
    public int FullLength { get; }

    public int ShortestLength => _lengths[0];

    public int SecurityCodeLength { get; private init; } = 3;

    public static CardBrand Of(string digits) => Array.Find(ByPrefix, brand => brand.Begins(digits)) ?? Unknown;

    public bool HasLength(int length) => _lengths.Contains(length);

    public override string ToString() => Name;

    private bool Begins(string digits) => Array.Exists(_prefixes, prefix =>
    {
        var length = prefix.First.ToString(CultureInfo.InvariantCulture).Length;
        return digits.Length >= length
            && int.Parse(digits.AsSpan(0, length), NumberStyles.None, CultureInfo.InvariantCulture) is var start
            && start >= prefix.First && start <= prefix.Last;
    });
}
