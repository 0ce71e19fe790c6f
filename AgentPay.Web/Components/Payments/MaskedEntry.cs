using System.Globalization;
using System.Text.RegularExpressions;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Payments;

/// <summary>What may be shown of an entry: one place per digit, in groups.</summary>
/// <param name="Shown">Dots and the digits that Twilio shows; shorter than the places while the caller is entering.</param>
/// <param name="Groups">The number of places in each group. Together they have at least the length of <paramref name="Shown"/>.</param>
public sealed partial record MaskedEntry(string Shown, params int[] Groups)
{
    private const char Dot = '•';

    public static MaskedEntry Of(CaptureRow row, string? cardType)
    {
        var shown = new string([.. (row.Shown ?? "").Select(c => char.IsAsciiDigit(c) ? c : Dot)]);
        return (row.Field, row.Progress) switch
        {
            // Twilio shows one character per digit, and the length of a security code must not be seen before it is complete.
            (CaptureField.SecurityCode or CaptureField.SecurityCodeMatcher, FieldProgress.Entering) => new("•••", 3),
            (CaptureField.SecurityCode or CaptureField.SecurityCodeMatcher, FieldProgress.Captured) => Filled(shown, 3),
            (CaptureField.SecurityCode or CaptureField.SecurityCodeMatcher, _) => new("", 3),
            (CaptureField.ExpirationDate or CaptureField.ExpirationDateMatcher, FieldProgress.Captured) when shown.Length == 0 => new("••••", 2, 2),
            (CaptureField.ExpirationDate or CaptureField.ExpirationDateMatcher, _) => new(shown, 2, 2),
            (CaptureField.PaymentCardNumber or CaptureField.PaymentCardNumberMatcher, var progress) => Grouped(shown, CardBrand.Of(cardType), progress),
            (_, FieldProgress.Captured) => Filled(shown, 5),
            (CaptureField.BankRoutingNumber or CaptureField.BankAccountNumber, _) => new(shown, Math.Max(9, shown.Length)),
            _ => new(shown, Math.Max(5, shown.Length)),
        };
    }

    /// <summary>The entry for a screen reader; empty when there is nothing to say.</summary>
    public static string Spoken(CaptureRow row, string? cardType, IStringLocalizer<Words> l)
    {
        var last = Spell(LastDigits(row.Shown));
        var isDone = row.Progress == FieldProgress.Captured;
        return row.Field switch
        {
            CaptureField.PaymentCardNumber or CaptureField.PaymentCardNumberMatcher =>
                last.Length == 0 ? "" : l["{0} ending {1}", CardBrand.Of(cardType).Name is { Length: > 0 } name ? name : l["Card"].Value, last],
            CaptureField.BankAccountNumber => last.Length == 0 ? "" : l["Account ending {0}", last],
            _ when !isDone => "",
            CaptureField.SecurityCode or CaptureField.SecurityCodeMatcher => l["entered"],
            CaptureField.ExpirationDate or CaptureField.ExpirationDateMatcher =>
                DateTime.TryParseExact(row.Shown, "MMyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
                    ? month.ToString("y", CultureInfo.CurrentCulture)
                    : "",
            _ => Spell(row.Shown ?? ""),
        };
    }

    /// <summary>The digits at the end of a mask: four of a card, two of an account; empty while there are none.</summary>
    public static string LastDigits(string? shown) =>
        shown is null || shown.Length == 0 || char.IsAsciiDigit(shown[0]) ? "" : shown[shown.AsSpan().TrimEnd("0123456789").Length..];

    /// <summary>Separates the characters, so that they are read one by one.</summary>
    public static string Spell(string digits) => string.Join(' ', digits.AsEnumerable());

    /// <summary>Removes the spaces between spelt digits, for the eye.</summary>
    public static string Unspell(string text) => SpaceBetweenDigits().Replace(text, "");

    /// <summary>The places in groups: what each shows, null where the digit is missing. The first missing digit is the next.</summary>
    public IEnumerable<(char? Shown, bool IsNext)[]> Places()
    {
        var start = 0;
        return Groups.Select(size => Enumerable.Range((start += size) - size, size)
            .Select(at => (at < Shown.Length ? Shown[at] : (char?)null, at == Shown.Length)).ToArray());
    }

    /// <summary>In groups, with a point for each digit that is missing.</summary>
    public string Text(char separator)
    {
        var padded = Shown.PadRight(Groups.Sum(), '·');
        var at = 0;
        return string.Join(separator, Groups.Select(size => padded[at..(at += size)]));
    }

    private static MaskedEntry Filled(string shown, int usual) => shown.Length == 0 ? new(new(Dot, usual), usual) : new(shown, shown.Length);

    private static MaskedEntry Grouped(string shown, CardBrand brand, FieldProgress progress)
    {
        var places = progress == FieldProgress.Captured ? shown.Length : Math.Max(shown.Length, brand.Groups.Sum());
        var groups = new List<int>();
        for (var left = places; left > 0; left -= groups[^1]) groups.Add(Math.Min(left, groups.Count < brand.Groups.Length ? brand.Groups[groups.Count] : 4));
        return new(shown, [.. groups]);
    }

    [GeneratedRegex(@"(?<=\b\d) (?=\d\b)")]
    private static partial Regex SpaceBetweenDigits();
}
