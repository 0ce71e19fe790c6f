using System.Globalization;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// Twilio's card types, recognised by the first digits. Twilio has no name for UnionPay (62).
/// It counts as discover because both share a network. Optima can be listed as valid, but no number belongs to it.
/// </summary>
public sealed class TwilioCardType
{
    public static readonly TwilioCardType Visa = new("visa", [13, 16, 19], 16, (4, 4));
    public static readonly TwilioCardType Mastercard = new("mastercard", [16], 16, (51, 55), (2221, 2720));
    public static readonly TwilioCardType Amex = new("amex", [15], 15, (34, 34), (37, 37)) { SecurityCodeLength = 4 };
    public static readonly TwilioCardType Discover = new("discover", [16, 17, 18, 19], 16, (6011, 6011), (62, 62), (644, 649), (65, 65));
    public static readonly TwilioCardType Jcb = new("jcb", [16, 17, 18, 19], 16, (3528, 3589));
    public static readonly TwilioCardType DinersClub = new("diners-club", [14, 15, 16, 17, 18, 19], 16, (30, 30), (36, 36), (38, 39));
    public static readonly TwilioCardType Enroute = new("enroute", [15], 15, (2014, 2014), (2149, 2149));
    public static readonly TwilioCardType Maestro = new("maestro", [12, 13, 14, 15, 16, 17, 18, 19], 19, (50, 50), (56, 58), (6, 6));
    public static readonly TwilioCardType Optima = new("optima", [15], 15);

    // The prefix belongs to no type or is still too short.
    public static readonly TwilioCardType Unknown = new("unknown", [12, 13, 14, 15, 16, 17, 18, 19], 19);

    /// <summary>The types that <c>ValidCardTypes</c> can list.</summary>
    public static readonly IReadOnlyList<TwilioCardType> Named =
        [Visa, Mastercard, Amex, Maestro, Discover, Optima, Jcb, DinersClub, Enroute];

    // Maestro has all prefixes with 6 that no other type has, so it is tried last.
    private static readonly TwilioCardType[] ByPrefix = [Visa, Mastercard, Amex, Discover, Jcb, DinersClub, Enroute, Maestro];

    private readonly int[] _lengths;
    private readonly (int First, int Last)[] _prefixes;

    private TwilioCardType(string name, int[] lengths, int fullLength, params (int First, int Last)[] prefixes)
    {
        Name = name;
        FullLength = fullLength;
        _lengths = lengths;
        _prefixes = prefixes;
    }

    /// <summary>The name in <c>ValidCardTypes</c> and <c>PaymentCardType</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// An entry ends automatically at this length. Shorter numbers need # or the timeout. Longer numbers cannot be entered.
    /// </summary>
    public int FullLength { get; }

    public int MinLength => _lengths[0];

    public int SecurityCodeLength { get; private init; } = 3;

    public static TwilioCardType Of(string digits) => Array.Find(ByPrefix, type => type.MatchesPrefix(digits)) ?? Unknown;

    public bool HasLength(int length) => _lengths.Contains(length);

    public override string ToString() => Name;

    private bool MatchesPrefix(string digits) => Array.Exists(_prefixes, prefix =>
    {
        var length = prefix.First.ToString(CultureInfo.InvariantCulture).Length;
        return digits.Length >= length
            && int.Parse(digits.AsSpan(0, length), NumberStyles.None, CultureInfo.InvariantCulture) is var start
            && start >= prefix.First && start <= prefix.Last;
    });
}
