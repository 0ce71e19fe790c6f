using System.Globalization;
using AgentPay.Web.CardData;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>The text of a receipt: the profile's template with the values of the payment. Amounts have a decimal point.</summary>
internal static class ReceiptText
{
    public const string Default = "Payment of {amount} received on {date}, {card}. Confirmation: {confirmation}.";

    /// <summary>With all values, the text stays within the 1,600 characters that Twilio accepts.</summary>
    public const int LongestTemplate = 320;

    private const int LongestValue = 100;

    /// <summary>A hyphen, because a dash would make the message more expensive.</summary>
    private const string Missing = "-";

    public static readonly string[] Placeholders = ["amount", "date", "card", "confirmation", "reference", "description", "profile"];

    /// <param name="zone">The date is that of the agent.</param>
    public static string Of(string template, PaymentSession session, TimeZoneInfo zone) =>
        TextTemplate.Fill(template, name => Clean(ValueOf(name, session, zone)));

    private static string? ValueOf(string name, PaymentSession session, TimeZoneInfo zone) => name switch
    {
        "amount" => AmountOf(session.Plan),
        "date" => TimeZoneInfo.ConvertTime(session.PhaseSince, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "card" => CardOf(session),
        "confirmation" => session.Outcome?.Confirmation,
        // The agent may have confirmed that a number in these is not a card number. A message to a telephone does not take that risk.
        "reference" => session.Plan.Reference is { } reference ? CardNumbers.Mask(reference) : null,
        "description" => session.Plan.Description is { } description ? CardNumbers.Mask(description) : null,
        _ => session.Plan.Profile,
    };

    private static string AmountOf(PaymentPlan plan)
    {
        var decimals = Currency.TryParse(plan.Currency, out var currency) ? currency.Decimals : 2;
        var amount = plan.Amount!.Value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return $"{amount} {plan.Currency}";
    }

    private static string? CardOf(PaymentSession session)
    {
        if (MaskedEntry.LastDigits(session.Row(CaptureField.BankAccountNumber)?.Shown) is { Length: > 0 } account)
            return $"account ending {account}";
        var last = MaskedEntry.LastDigits(session.Row(CaptureField.PaymentCardNumber)?.Shown);
        var brand = CardBrand.Of(session.CardType).Name is { Length: > 0 } name ? name : "card";
        return last.Length > 0 ? $"{brand} ending {last}" : null;
    }

    private static string Clean(string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return Missing;
        var text = string.Concat(value.Trim().Select(character => char.IsControl(character) ? ' ' : character));
        return text.Length <= LongestValue ? text : text[..LongestValue];
    }
}
