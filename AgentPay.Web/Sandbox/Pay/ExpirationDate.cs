using System.Globalization;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>A card's expiration date as entered (MMYY). The card is valid through the last day of the month, UTC.</summary>
public static class ExpirationDate
{
    private const int MaxYearsAhead = 20;

    /// <param name="digits">Any number of ASCII digits.</param>
    public static bool IsValid(string digits, DateTimeOffset now)
    {
        if (digits.Length != 4) return false;
        var month = int.Parse(digits.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture);
        var year = 2000 + int.Parse(digits.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture);
        if (month is < 1 or > 12) return false;
        var monthsAhead = (year - now.UtcDateTime.Year) * 12 + month - now.UtcDateTime.Month;
        return monthsAhead is >= 0 and <= MaxYearsAhead * 12;
    }
}
