using System.Globalization;
using AgentPay.Web.Sandbox.Gateway;
using AgentPay.Web.Sandbox.Pay;
using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Phone;

/// <summary>The keys that answer what a payment asks for.</summary>
internal static class FieldKeys
{
    private const string Confirm = "1";
    private const string MistypedNumber = "4111111111111112";

    /// <summary>Right ones; null when the card does not have what is asked for, or nothing is.</summary>
    public static string? Right(LegPayment payment, TestCard card, DateTimeOffset now)
    {
        if (payment.Phase == "confirming") return Confirm;
        if (FieldOf(payment) is not { } field || IsOfBank(field) != (card.Brand == "")) return null;
        return field switch
        {
            PayField.CardNumber => card.Number.Length < TwilioCardType.Of(card.Number).FullLength ? card.Number + '#' : card.Number,
            PayField.ExpirationDate => "12" + now.AddYears(3).ToString("yy", CultureInfo.InvariantCulture),
            PayField.SecurityCode => "1234"[..payment.Shortest],
            PayField.PostalCode => Ended("94111".PadRight(payment.Shortest, '0'), PostalCodeEntry.MaxDigits),
            PayField.BankRoutingNumber => "021000021",
            _ => Ended(card.Number, 17),
        };
    }

    /// <summary>Keys that are refused, each field with the error that is its own; null when nothing is asked for.</summary>
    public static string? Wrong(LegPayment payment) => FieldOf(payment) switch
    {
        PayField.CardNumber => MistypedNumber,
        PayField.ExpirationDate => "1329",
        PayField.SecurityCode or PayField.BankAccountNumber => "12#",
        PayField.PostalCode => "#",
        PayField.BankRoutingNumber => "123456789",
        _ => null,
    };

    private static PayField? FieldOf(LegPayment payment) => payment.Field is { } name ? CaptureStep.Parse(name)?.Field : null;

    private static bool IsOfBank(PayField field) => field >= PayField.BankRoutingNumber;

    /// <summary>With # unless the last digit ends the field by itself.</summary>
    private static string Ended(string digits, int most) => digits.Length == most ? digits : digits + '#';
}
