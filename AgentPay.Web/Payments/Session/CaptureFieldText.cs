using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>The texts of a capture field. Each text is a key of the localizer.</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="The">The name in the middle of a sentence.</param>
/// <param name="ToCaller">The sentence with which the agent asks the caller for the field.</param>
public sealed record CaptureFieldText(string Name, string The, string ToCaller)
{
    private static readonly Dictionary<CaptureField, CaptureFieldText> All = new()
    {
        [CaptureField.PaymentCardNumber] = new(
            "Card number", "the card number", "Please enter the long number on the front of your card, then press the hash key."),
        [CaptureField.ExpirationDate] = new(
            "Expiry date", "the expiry date", "Please enter the expiry date of your card: two digits for the month, two for the year."),
        [CaptureField.SecurityCode] = new(
            "Security code", "the security code",
            "Please enter the security code: the three digits on the back of your card, "
                + "or the four on the front of an American Express card."),
        [CaptureField.PostalCode] = new(
            "Postal code", "the postal code", "Please enter the postal code of the card's billing address, then press the hash key."),
        [CaptureField.BankRoutingNumber] = new(
            "Routing number", "the routing number", "Please enter the nine digits of your bank's routing number."),
        [CaptureField.BankAccountNumber] = new(
            "Account number", "the account number", "Please enter your bank account number, then press the hash key."),
        [CaptureField.PaymentCardNumberMatcher] = new(
            "Second card number", "the card number again", "Please enter the same card number once more, then press the hash key."),
        [CaptureField.ExpirationDateMatcher] = new(
            "Second expiry date", "the expiry date again", "Please enter the same expiry date once more."),
        [CaptureField.SecurityCodeMatcher] = new(
            "Second security code", "the security code again", "Please enter the same security code once more."),
        [CaptureField.PostalCodeMatcher] = new(
            "Second postal code", "the postal code again", "Please enter the same postal code once more, then press the hash key."),
    };

    public static CaptureFieldText Of(CaptureField field) => All[field];
}
