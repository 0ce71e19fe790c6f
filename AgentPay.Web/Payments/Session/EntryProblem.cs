namespace AgentPay.Web.Payments;

/// <summary>
/// The texts for a rejected entry, by Twilio's <c>ErrorType</c> (twilio.com/docs/voice/api/payment-resource). Each text is a key of the
/// localizer.
/// </summary>
public sealed record EntryProblem(string ToAgent, string ToCaller)
{
    private const string ExpiredOrInvalid = "The card has expired, or the date is not valid. Ask for four digits: month and year.";

    private static readonly EntryProblem Unknown = new("Twilio did not accept this entry.", "That was not accepted.");

    private static readonly Dictionary<string, EntryProblem> All = new()
    {
        ["input-timeout"] = new("The caller stopped before it was complete.", "I did not receive all of the digits."),
        ["timeout"] = new("The caller stopped before it was complete.", "I did not receive all of the digits."),
        ["invalid-card-number"] = new("This is not a valid card number.", "That card number was not recognised."),
        ["invalid-card-type"] = new("This type of card is not accepted.", "We cannot take that type of card. Do you have another one?"),
        ["invalid-date"] = new(ExpiredOrInvalid, "That date was not accepted."),
        ["date-validation-failed"] = new(ExpiredOrInvalid, "That date was not accepted."),
        ["invalid-security-code"] = new(
            "The security code has the wrong number of digits.", "That security code has the wrong number of digits."),
        ["invalid-postal-code"] = new("This is not a valid postal code.", "That postal code was not accepted."),
        ["invalid-bank-routing-number"] = new("This is not a valid routing number.", "That routing number was not recognised."),
        ["invalid-bank-account-number"] = new("This is not a valid account number.", "That account number was not recognised."),
        ["invalid-bank-account-type"] = new(
            "This type of account is not accepted.", "We cannot take that type of account. Do you have another one?"),
        ["invalid-card-number-security-code-capture-sequence"] = new(
            "The card number has to be entered first.", "We need the card number first."),
        ["input-matching-failed"] = new("The two entries differ.", "The two entries were not the same."),
        ["session-in-progress"] = new("Twilio was still processing the last entry.", "The system was not ready."),
        ["internal-error"] = new("Twilio had a problem with this entry.", "There was a technical problem."),
    };

    /// <summary>Returns the texts of the type; general texts for an unknown type.</summary>
    public static EntryProblem Of(string? errorType) => All.GetValueOrDefault(errorType ?? "", Unknown);

    public static bool IsKnown(string errorType) => All.ContainsKey(errorType);
}
