using AgentPay.Web.Components.Parts;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace AgentPay.Web.Components.Payments;

/// <summary>A field in words.</summary>
/// <param name="Name">Over its row.</param>
/// <param name="The">In the middle of a sentence.</param>
/// <param name="Say">What the agent says to the caller.</param>
public sealed record FieldWords(string Name, string The, string Say)
{
    private static readonly Dictionary<CaptureField, FieldWords> All = new()
    {
        [CaptureField.PaymentCardNumber] = new("Card number", "the card number", "Please enter the long number on the front of your card, then press the hash key."),
        [CaptureField.ExpirationDate] = new("Expiry date", "the expiry date", "Please enter the expiry date of your card: two digits for the month, two for the year."),
        [CaptureField.SecurityCode] = new("Security code", "the security code", "Please enter the security code: the three digits on the back of your card, or the four on the front of an American Express card."),
        [CaptureField.PostalCode] = new("Postal code", "the postal code", "Please enter the postal code of the card's billing address, then press the hash key."),
        [CaptureField.BankRoutingNumber] = new("Routing number", "the routing number", "Please enter the nine digits of your bank's routing number."),
        [CaptureField.BankAccountNumber] = new("Account number", "the account number", "Please enter your bank account number, then press the hash key."),
        [CaptureField.PaymentCardNumberMatcher] = new("Card number, again", "the card number a second time", "Please enter the same card number once more, then press the hash key."),
        [CaptureField.ExpirationDateMatcher] = new("Expiry date, again", "the expiry date a second time", "Please enter the same expiry date once more."),
        [CaptureField.SecurityCodeMatcher] = new("Security code, again", "the security code a second time", "Please enter the same security code once more."),
        [CaptureField.PostalCodeMatcher] = new("Postal code, again", "the postal code a second time", "Please enter the same postal code once more, then press the hash key."),
    };

    /// <summary>Twilio's <c>ErrorType</c> (twilio.com/docs/voice/api/payment-resource), for the agent and for the caller.</summary>
    private static readonly Dictionary<string, (string Seen, string Said)> Problems = new()
    {
        ["input-timeout"] = ("The caller stopped before it was complete.", "I did not receive all of the digits."),
        ["timeout"] = ("The caller stopped before it was complete.", "I did not receive all of the digits."),
        ["invalid-card-number"] = ("This is not a valid card number.", "That card number was not recognised."),
        ["invalid-card-type"] = ("This type of card is not taken here.", "We cannot take that type of card. Do you have another one?"),
        ["invalid-date"] = ("This is not a date in the future.", "That date was not accepted."),
        ["date-validation-failed"] = ("This is not a date in the future.", "That date was not accepted."),
        ["invalid-security-code"] = ("The security code has the wrong number of digits.", "That security code has the wrong number of digits."),
        ["invalid-postal-code"] = ("This is not a valid postal code.", "That postal code was not accepted."),
        ["invalid-bank-routing-number"] = ("This is not a valid routing number.", "That routing number was not recognised."),
        ["invalid-bank-account-number"] = ("This is not a valid account number.", "That account number was not recognised."),
        ["invalid-bank-account-type"] = ("This type of account is not taken here.", "We cannot take that type of account. Do you have another one?"),
        ["invalid-card-number-security-code-capture-sequence"] = ("The card number has to be entered first.", "We need the card number first."),
        ["input-matching-failed"] = ("The two entries differ.", "The two entries were not the same."),
        ["session-in-progress"] = ("Twilio was still busy with the payment.", "The system was not ready."),
        ["internal-error"] = ("Twilio had a problem with this entry.", "There was a technical problem."),
    };

    public static FieldWords Of(CaptureField field, IStringLocalizer<Words> l)
    {
        var words = All[field];
        return new(l[words.Name], l[words.The], l[words.Say]);
    }

    /// <summary>Whether there are words for it.</summary>
    public static bool IsKnown(string errorType) => Problems.ContainsKey(errorType);

    /// <summary>What was wrong with an entry, a sentence.</summary>
    public static string Problem(string? errorType, IStringLocalizer<Words> l) => l[ProblemOf(errorType).Seen];

    /// <summary>The same for the caller's ears.</summary>
    public static string Apology(string? errorType, IStringLocalizer<Words> l) => l[ProblemOf(errorType).Said];

    /// <summary>How far it has come, in a word or two. The length of a security code is nobody's business before it is captured, nor how far it has come.</summary>
    public static string State(CaptureRow row, IStringLocalizer<Words> l) => row.Progress switch
    {
        FieldProgress.Asked => l["Waiting"],
        FieldProgress.Entering => l["Entering"],
        FieldProgress.Captured => l["Captured"],
        FieldProgress.Rejected => l["Not accepted"],
        FieldProgress.TimedOut => l["Timed out"],
        _ => l["Not asked"],
    };

    internal static (Tone Tone, string Icon) Sign(CaptureRow row) => row.Progress switch
    {
        FieldProgress.Asked => (Tone.Active, Icons.Material.Rounded.HourglassTop),
        FieldProgress.Entering => (Tone.Active, Icons.Material.Rounded.Dialpad),
        FieldProgress.Captured => (Tone.Good, Icons.Material.Rounded.CheckCircle),
        FieldProgress.Rejected => (Tone.Bad, Icons.Material.Rounded.Error),
        FieldProgress.TimedOut => (Tone.Caution, Icons.Material.Rounded.TimerOff),
        _ => (Tone.Quiet, Icons.Material.Rounded.RadioButtonUnchecked),
    };

    private static (string Seen, string Said) ProblemOf(string? errorType) =>
        Problems.GetValueOrDefault(errorType ?? "", ("Twilio did not take this entry.", "That was not accepted."));
}
