using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Payments;

/// <summary>What may be seen of an entry, and what is read out in its place.</summary>
/// <param name="Text">Dots and the digits that Twilio shows.</param>
/// <param name="Spoken">Empty when there is nothing to say.</param>
public sealed partial record MaskedEntry(string Text, string Spoken)
{
    private const char Entered = '•';
    private const char Missing = '·';

    public static MaskedEntry Of(CaptureRow row, string? cardType, IStringLocalizer<Words> l) => row.Field switch
    {
        CaptureField.PaymentCardNumber or CaptureField.PaymentCardNumberMatcher => Number(row, CardBrand.Of(cardType), l),
        CaptureField.BankAccountNumber => new(Dots(row.Shown ?? "", row.Progress == FieldProgress.Captured ? 0 : 9), LastDigits(row.Shown) is { Length: > 0 } last ? l["Account ending {0}", Spelt(last)] : ""),
        CaptureField.SecurityCode or CaptureField.SecurityCodeMatcher => Code(row, l),
        CaptureField.ExpirationDate or CaptureField.ExpirationDateMatcher => Date(row.Shown ?? "", row.Progress == FieldProgress.Captured),
        _ => row.Progress == FieldProgress.Captured ? new(row.Shown ?? "•••", row.Shown is null ? "" : Spelt(row.Shown)) : new(Dots(row.Shown ?? "", 5), ""),
    };

    /// <summary>The digits at the end of a mask: four of a card, two of an account; empty while there are none.</summary>
    public static string LastDigits(string? shown) => shown is null || shown.Length == 0 || char.IsAsciiDigit(shown[0]) ? "" : new([.. shown.Reverse().TakeWhile(char.IsAsciiDigit).Reverse()]);

    /// <summary>Digit by digit, as it is to be read out.</summary>
    public static string Spelt(string digits) => string.Join(' ', digits.AsEnumerable());

    /// <summary>A sentence for the eye, in which digits were spelt for the ear.</summary>
    public static string Written(string spelt) => SpaceBetweenDigits().Replace(spelt, "");

    private static MaskedEntry Number(CaptureRow row, CardBrand brand, IStringLocalizer<Words> l)
    {
        var last = LastDigits(row.Shown);
        var spoken = last.Length == 0 ? "" : brand.Name.Length == 0 ? l["Card ending {0}", Spelt(last)] : l["{0} ending {1}", brand.Name, Spelt(last)].Value;
        return new(Group(Dots(row.Shown ?? "", row.Progress == FieldProgress.Captured ? 0 : brand.Groups.Sum()), brand), spoken);
    }

    private static MaskedEntry Code(CaptureRow row, IStringLocalizer<Words> l) => row.Progress switch
    {
        FieldProgress.Captured => new(new(Entered, row.Shown?.Length is >= 3 and <= 4 and var length ? length : 3), l["entered"]),
        FieldProgress.Entering => new("•••", ""),
        _ => new("···", ""),
    };

    private static MaskedEntry Date(string shown, bool isDone)
    {
        var text = shown.PadRight(4, Missing)[..4].Insert(2, "/");
        var isDate = DateTime.TryParseExact(shown, "MMyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month);
        return new(shown.Length == 0 && isDone ? "••/••" : text, isDone && isDate ? month.ToString("y", CultureInfo.CurrentCulture) : "");
    }

    private static string Dots(string shown, int usual) => new string([.. shown.Select(c => char.IsAsciiDigit(c) ? c : Entered)]).PadRight(usual, Missing);

    private static string Group(string dots, CardBrand brand)
    {
        var text = new StringBuilder(dots);
        var at = 0;
        for (var group = 0; at < dots.Length; group++)
        {
            at += group < brand.Groups.Length ? brand.Groups[group] : 4;
            if (at < dots.Length) text.Insert(at + group, '\u00a0');
        }
        return text.ToString();
    }

    [GeneratedRegex(@"(?<=\b\d) (?=\d\b)")]
    private static partial Regex SpaceBetweenDigits();
}
