using PhoneNumbers;

namespace AgentPay.Web.Calls;

/// <summary>The number that a PBX dials, or shows as its own, in the user part of a SIP URI.</summary>
/// <param name="Number">E.164; null when it is refused.</param>
/// <param name="Problem">Why it cannot be dialled; null when it can.</param>
internal sealed record DialledNumber(string? Number, string? Problem)
{
    /// <summary>No national or international number is shorter; what is shorter is an extension or a service of one country.</summary>
    private const int ShortestTelephone = 7;

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();
    private static readonly ShortNumberInfo ShortNumbers = ShortNumberInfo.GetInstance();

    /// <param name="uri">A SIP URI, as <see cref="PhoneNumber.UserOf"/> takes it.</param>
    /// <param name="country">ISO 3166, two letters, for numbers without a country code; null when there is none.</param>
    public static DialledNumber Read(string? uri, string? country)
    {
        if (PhoneNumber.UserOf(uri) is not { } user) return new(null, "its To is not a SIP URI with a number in it");
        var digits = user.StartsWith('+') ? user[1..] : user;
        if (IsEmergency(digits)) return new(null, $"{digits} is an emergency number, and no payment is taken there");
        if (digits.Length < ShortestTelephone && digits.All(char.IsAsciiDigit)) return new(null, $"{digits} is an internal number, not one on the telephone network");
        if (National(user, country) is { } national) return new(national, null);
        if (PhoneNumber.OfSip(uri) is { } number && (country is null || user.StartsWith('+') || IsValid(number))) return new(number, null);
        return new(null, country is null ? "its To is not a number in E.164, and Voice:DefaultCountry is not set" : $"its To is neither a number in E.164 nor one in {country}");
    }

    /// <summary>Of any country: which one the caller is in is not known.</summary>
    private static bool IsEmergency(string digits) =>
        digits.Length < ShortestTelephone && Numbers.GetSupportedRegions().Any(region => ShortNumbers.IsEmergencyNumber(digits, region));

    private static string? National(string user, string? country)
    {
        if (country is null || user.StartsWith('+')) return null;
        try
        {
            var number = Numbers.Parse(user, country);
            return Numbers.IsValidNumber(number) ? Numbers.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static bool IsValid(string number)
    {
        try
        {
            return Numbers.IsValidNumber(Numbers.Parse(number, null));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
