using System.Globalization;
using System.Text.RegularExpressions;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace AgentPay.Web.Components.Payments;

/// <summary>Capture fields and entries in the viewer's language.</summary>
public static partial class FieldWords
{
    public static CaptureFieldText Of(CaptureField field, IStringLocalizer<Words> l)
    {
        var text = CaptureFieldText.Of(field);
        return new(l[text.Name], l[text.The], l[text.ToCaller]);
    }

    public static string AskFor(CaptureField field, bool isAgain, IStringLocalizer<Words> l) =>
        l[isAgain && !IsSecondEntry(field) ? "Ask for {0} again" : "Ask for {0}", Of(field, l).The];

    public static string AskedFor(CaptureField field, bool isAgain, IStringLocalizer<Words> l) =>
        l[isAgain && !IsSecondEntry(field) ? "Asked for {0} again." : "Asked for {0}.", Of(field, l).The];

    public static bool IsSecondEntry(CaptureField field) => field is CaptureField.PaymentCardNumberMatcher
        or CaptureField.ExpirationDateMatcher or CaptureField.SecurityCodeMatcher or CaptureField.PostalCodeMatcher;

    /// <summary>How far a field has come: word, tone and icon.</summary>
    internal static (string Word, Tone Tone, string Icon) State(FieldProgress progress, IStringLocalizer<Words> l) => progress switch
    {
        FieldProgress.Asked => (l["Waiting"], Tone.Active, Icons.Material.Rounded.HourglassTop),
        FieldProgress.Entering => (l["Entering"], Tone.Active, Icons.Material.Rounded.Dialpad),
        FieldProgress.Captured => (l["Captured"], Tone.Good, Icons.Material.Rounded.CheckCircle),
        FieldProgress.Rejected => (l["Not accepted"], Tone.Bad, Icons.Material.Rounded.Error),
        FieldProgress.TimedOut => (l["Timed out"], Tone.Caution, Icons.Material.Rounded.TimerOff),
        _ => (l["Not asked"], Tone.Quiet, Icons.Material.Rounded.RadioButtonUnchecked),
    };

    /// <summary>The entry for a screen reader; empty when there is nothing to say.</summary>
    public static string Spoken(CaptureRow row, string? cardType, IStringLocalizer<Words> l)
    {
        var last = Spell(MaskedEntry.LastDigits(row.Shown));
        var isDone = row.Progress == FieldProgress.Captured;
        return row.Field switch
        {
            CaptureField.PaymentCardNumber or CaptureField.PaymentCardNumberMatcher =>
                last.Length == 0 ? ""
                : l["{0} ending {1}", CardBrand.Of(cardType).Name is { Length: > 0 } name ? name : l["Card"].Value, last],
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

    /// <summary>Separates the characters, so that they are read one by one.</summary>
    public static string Spell(string digits) => string.Join(' ', digits.AsEnumerable());

    /// <summary>Removes the spaces between spelt digits, for the eye.</summary>
    public static string Unspell(string text) => SpaceBetweenDigits().Replace(text, "");

    /// <summary>Keeps spelt digits and letters on one line.</summary>
    public static string Unbroken(string text) => SpaceBetweenCharacters().Replace(text, "\u00a0");

    [GeneratedRegex(@"(?<=\b\d) (?=\d\b)")]
    private static partial Regex SpaceBetweenDigits();

    [GeneratedRegex(@"(?<=\b\w) (?=\w\b)")]
    private static partial Regex SpaceBetweenCharacters();
}
