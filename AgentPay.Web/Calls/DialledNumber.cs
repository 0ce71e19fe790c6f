using PhoneNumbers;

namespace AgentPay.Web.Calls;

// The number in the user part of a SIP URI that a PBX sent as the called or calling number. Number is in E.164, or null when it cannot be
// dialled; then Problem says why.
internal sealed record DialledNumber(string? Number, string? Problem)
{
    // Shorter numbers are extensions or services of one country.
    private const int MinTelephoneDigits = 7;

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();
    private static readonly ShortNumberInfo ShortNumbers = ShortNumberInfo.GetInstance();

    // The country (ISO 3166, two letters) applies to numbers without a country code; null accepts E.164 only.
    public static DialledNumber Read(string? uri, string? country)
    {
        if (PhoneNumber.UserOf(uri) is not { } user) return new(null, "its To is not a SIP URI with a number in it");
        var digits = user.StartsWith('+') ? user[1..] : user;
        if (IsEmergency(digits)) return new(null, $"{digits} is an emergency number, and no payment is taken there");
        if (digits.Length < MinTelephoneDigits && digits.All(char.IsAsciiDigit))
            return new(null, $"{digits} is an internal number, not one on the telephone network");
        if (National(user, country) is { } national) return new(national, null);
        if (PhoneNumber.OfSip(uri) is { } number && (country is null || user.StartsWith('+') || IsValid(number))) return new(number, null);
        return new(null, country is null
            ? "its To is not a number in E.164, and Voice:DefaultCountry is not set"
            : $"its To is neither a number in E.164 nor one in {country}");
    }

    // Checks the emergency numbers of all countries, because the caller's country is unknown.
    private static bool IsEmergency(string digits) =>
        digits.Length < MinTelephoneDigits && Numbers.GetSupportedRegions().Any(region => ShortNumbers.IsEmergencyNumber(digits, region));

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
