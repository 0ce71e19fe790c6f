using System.Globalization;
using AgentPay.Web.Sandbox.Gateway;
using AgentPay.Web.Sandbox.Pay;
using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Phone;

// The keys that enter the requested field of a payment.
internal static class FieldKeys
{
    private const string Confirm = "1";
    private const string InvalidCardNumber = "4111111111111112";

    // Valid input. Returns null if nothing is requested, or if the card or account does not have the requested field.
    public static string? Valid(LegPayment payment, TestCard card, DateTimeOffset now)
    {
        if (payment.Phase == "confirming") return Confirm;
        if (FieldOf(payment) is not { } field || IsBankField(field) != (card.Brand == "")) return null;
        return field switch
        {
            PayField.CardNumber => card.Number.Length < TwilioCardType.Of(card.Number).FullLength ? card.Number + '#' : card.Number,
            PayField.ExpirationDate => "12" + now.AddYears(3).ToString("yy", CultureInfo.InvariantCulture),
            PayField.SecurityCode => "1234"[..payment.Shortest],
            PayField.PostalCode => WithTerminator("94111".PadRight(payment.Shortest, '0'), PostalCodeEntry.MaxDigits),
            PayField.BankRoutingNumber => "021000021",
            _ => WithTerminator(card.Number, 17),
        };
    }

    // Invalid input that causes the error of the requested field. Returns null if nothing is requested.
    public static string? Invalid(LegPayment payment) => FieldOf(payment) switch
    {
        PayField.CardNumber => InvalidCardNumber,
        PayField.ExpirationDate => "1329",
        PayField.SecurityCode or PayField.BankAccountNumber => "12#",
        PayField.PostalCode => "#",
        PayField.BankRoutingNumber => "123456789",
        _ => null,
    };

    private static PayField? FieldOf(LegPayment payment) => payment.Field is { } name ? CaptureStep.Parse(name)?.Field : null;

    private static bool IsBankField(PayField field) => field >= PayField.BankRoutingNumber;

    // Appends # unless the field ends automatically at the last digit.
    private static string WithTerminator(string digits, int maxLength) => digits.Length == maxLength ? digits : digits + '#';
}
