using AgentPay.Web.Components.Parts;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace AgentPay.Web.Components.Payments;

/// <summary>A capture field in words.</summary>
/// <param name="Name">The name of its row.</param>
/// <param name="The">In the middle of a sentence.</param>
/// <param name="ToCaller">What the agent says to the caller to ask for it.</param>
public sealed record FieldWords(string Name, string The, string ToCaller)
{
    private static readonly Dictionary<CaptureField, FieldWords> All = new()
    {
        [CaptureField.PaymentCardNumber] = new(
            "Card number", "the card number", "Please enter the long number on the front of your card, then press the hash key."),
        [CaptureField.ExpirationDate] = new(
            "Expiry date", "the expiry date", "Please enter the expiry date of your card: two digits for the month, two for the year."),
        [CaptureField.SecurityCode] = new(
            "Security code", "the security code",
            "Please enter the security code: the three digits on the back of your card, or the four on the front of an American Express card."),
        [CaptureField.PostalCode] = new(
            "Postal code", "the postal code", "Please enter the postal code of the card's billing address, then press the hash key."),
        [CaptureField.BankRoutingNumber] = new("Routing number", "the routing number", "Please enter the nine digits of your bank's routing number."),
        [CaptureField.BankAccountNumber] = new("Account number", "the account number", "Please enter your bank account number, then press the hash key."),
        [CaptureField.PaymentCardNumberMatcher] = new(
            "Second card number", "the card number again", "Please enter the same card number once more, then press the hash key."),
        [CaptureField.ExpirationDateMatcher] = new("Second expiry date", "the expiry date again", "Please enter the same expiry date once more."),
        [CaptureField.SecurityCodeMatcher] = new("Second security code", "the security code again", "Please enter the same security code once more."),
        [CaptureField.PostalCodeMatcher] = new(
            "Second postal code", "the postal code again", "Please enter the same postal code once more, then press the hash key."),
    };

    /// <summary>Twilio's <c>ErrorType</c> (twilio.com/docs/voice/api/payment-resource), for the agent and for the caller.</summary>
    private static readonly Dictionary<string, (string ToAgent, string ToCaller)> Problems = new()
    {
        ["input-timeout"] = ("The caller stopped before it was complete.", "I did not receive all of the digits."),
        ["timeout"] = ("The caller stopped before it was complete.", "I did not receive all of the digits."),
        ["invalid-card-number"] = ("This is not a valid card number.", "That card number was not recognised."),
        ["invalid-card-type"] = ("This type of card is not accepted.", "We cannot take that type of card. Do you have another one?"),
        ["invalid-date"] = (ExpiredOrInvalid, "That date was not accepted."),
        ["date-validation-failed"] = (ExpiredOrInvalid, "That date was not accepted."),
        ["invalid-security-code"] = ("The security code has the wrong number of digits.", "That security code has the wrong number of digits."),
        ["invalid-postal-code"] = ("This is not a valid postal code.", "That postal code was not accepted."),
        ["invalid-bank-routing-number"] = ("This is not a valid routing number.", "That routing number was not recognised."),
        ["invalid-bank-account-number"] = ("This is not a valid account number.", "That account number was not recognised."),
        ["invalid-bank-account-type"] = ("This type of account is not accepted.", "We cannot take that type of account. Do you have another one?"),
        ["invalid-card-number-security-code-capture-sequence"] = ("The card number has to be entered first.", "We need the card number first."),
        ["input-matching-failed"] = ("The two entries differ.", "The two entries were not the same."),
        ["session-in-progress"] = ("Twilio was still processing the last entry.", "The system was not ready."),
        ["internal-error"] = ("Twilio had a problem with this entry.", "There was a technical problem."),
    };

    private const string ExpiredOrInvalid = "The card has expired, or the date is not valid. Ask for four digits: month and year.";

    public static FieldWords Of(CaptureField field, IStringLocalizer<Words> l)
    {
        var words = All[field];
        return new(l[words.Name], l[words.The], l[words.ToCaller]);
    }

    public static bool IsKnown(string errorType) => Problems.ContainsKey(errorType);

    public static string AskFor(CaptureField field, bool isAgain, IStringLocalizer<Words> l) =>
        isAgain && !IsSecondEntry(field) ? l["Ask for {0} again", Of(field, l).The] : l["Ask for {0}", Of(field, l).The];

    public static string AskedFor(CaptureField field, bool isAgain, IStringLocalizer<Words> l) =>
        isAgain && !IsSecondEntry(field) ? l["Asked for {0} again.", Of(field, l).The] : l["Asked for {0}.", Of(field, l).The];

    /// <summary>What was wrong with an entry, for the agent.</summary>
    public static string Problem(string? errorType, IStringLocalizer<Words> l) => l[ProblemOf(errorType).ToAgent];

    /// <summary>What was wrong with an entry, for the caller.</summary>
    public static string ProblemToCaller(string? errorType, IStringLocalizer<Words> l) => l[ProblemOf(errorType).ToCaller];

    public static bool IsSecondEntry(CaptureField field) => field is CaptureField.PaymentCardNumberMatcher or CaptureField.ExpirationDateMatcher
        or CaptureField.SecurityCodeMatcher or CaptureField.PostalCodeMatcher;

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

    private static (string ToAgent, string ToCaller) ProblemOf(string? errorType) =>
        Problems.GetValueOrDefault(errorType ?? "", ("Twilio did not accept this entry.", "That was not accepted."));
}
