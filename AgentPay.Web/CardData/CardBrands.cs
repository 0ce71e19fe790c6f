namespace AgentPay.Web.CardData;

/// <summary>
/// The card brands with the leading digits and lengths of their numbers. A number outside these ranges is not a card number, even if its
/// check digit is right. Maestro has the numbers starting with 6 that no other brand has. Optima has no range.
/// </summary>
internal static class CardBrands
{
    public const int ShortestNumber = 12;
    public const int LongestNumber = 19;
    private const int PrefixLength = 4;

    // Ranges of the first four digits, with the shortest and the longest number of each range.
    private static readonly (int First, int Last, int Shortest, int Longest)[] Ranges =
    [
        // Visa: 13, 16 or 19.
        (4000, 4999, 13, 13), (4000, 4999, 16, 16), (4000, 4999, 19, 19),
        // Mastercard.
        (5100, 5599, 16, 16), (2221, 2720, 16, 16),
        // American Express, enRoute.
        (3400, 3499, 15, 15), (3700, 3799, 15, 15), (2014, 2014, 15, 15), (2149, 2149, 15, 15),
        // Discover.
        (6011, 6011, 16, 19), (6440, 6499, 16, 19), (6500, 6599, 16, 19),
        // Diners Club.
        (3000, 3059, 14, 19), (3090, 3099, 14, 19), (3600, 3699, 14, 19), (3800, 3999, 14, 19),
        // JCB.
        (3528, 3589, 16, 19),
        // UnionPay.
        (6200, 6299, 16, 19), (8100, 8179, 16, 19),
        // Maestro.
        (5000, 5099, 12, 19), (5600, 5899, 12, 19), (6100, 6199, 12, 19), (6300, 6439, 12, 19), (6600, 6999, 12, 19),
        // RuPay.
        (6000, 6099, 16, 16), (8100, 8299, 16, 16), (5080, 5089, 16, 16),
    ];

    /// <summary>Whether the digits match the prefix and the length of a brand.</summary>
    public static bool AnyMatches(ReadOnlySpan<int> digits)
    {
        if (digits.Length is < ShortestNumber or > LongestNumber) return false;
        var (prefix, length) = (0, digits.Length);
        foreach (var digit in digits[..PrefixLength]) prefix = (prefix * 10) + digit;
        return Array.Exists(
            Ranges, range => prefix >= range.First && prefix <= range.Last && length >= range.Shortest && length <= range.Longest);
    }

    /// <summary>UnionPay issues some numbers under 62 without a valid check digit; 6200000000000000 is a published test number.</summary>
    public static bool MayLackCheckDigit(ReadOnlySpan<int> digits) => digits is [6, 2, ..];
}
