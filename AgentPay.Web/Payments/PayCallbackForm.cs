using System.Globalization;
using AgentPay.Web.PaymentTypes;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Payments;

/// <summary>Reads Twilio's payment callback. Lenient where Twilio is: fields may be absent or empty, and values that are not known are skipped.</summary>
public static class PayCallbackForm
{
    private static readonly Dictionary<string, CaptureField> ShownBy = new()
    {
        ["PaymentCardNumber"] = CaptureField.PaymentCardNumber,
        ["ExpirationDate"] = CaptureField.ExpirationDate,
        ["SecurityCode"] = CaptureField.SecurityCode,
        ["PaymentCardPostalCode"] = CaptureField.PostalCode,
        ["BankRoutingNumber"] = CaptureField.BankRoutingNumber,
        ["BankAccountNumber"] = CaptureField.BankAccountNumber,
    };

    /// <summary>The callback, or null when it names no payment session or no time. The outcome needs none: nothing comes after it.</summary>
    /// <param name="delivery">The header <c>I-Twilio-Idempotency-Token</c>.</param>
    /// <param name="cameAt">UTC.</param>
    public static PayCallback? Read(IFormCollection form, string? delivery, DateTimeOffset cameAt)
    {
        var outcome = Outcome(form);
        if (!PaymentSid.TryParse(form["Sid"], out var payment) || (SentAt(form) ?? (outcome is null ? null : cameAt)) is not { } sentAt) return null;
        return new()
        {
            Payment = payment,
            SentAt = sentAt,
            Delivery = delivery,
            Capture = Field(form["Capture"]),
            IsPartial = form["PartialResult"] == "true",
            Required = Required(form),
            ErrorType = Text(form, "ErrorType"),
            Shown = ShownBy.Where(p => Text(form, p.Key) is not null).ToDictionary(p => p.Value, p => form[p.Key].ToString()),
            CardType = Text(form, "PaymentCardType"),
            Outcome = outcome,
        };
    }

    private static DateTimeOffset? SentAt(IFormCollection form)
    {
        var text = Text(form, "DateUpdated") ?? Text(form, "DateCreated");
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
    }

    /// <summary>Null when the callback does not speak of it; empty when nothing is missing. Some samples put a space after the comma.</summary>
    private static HashSet<CaptureField>? Required(IFormCollection form)
    {
        if (!form.ContainsKey("Required") || !form.ContainsKey("Capture")) return null;
        var names = form["Required"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. names.Select(Field).OfType<CaptureField>()];
    }

    private static PaymentOutcome? Outcome(IFormCollection form)
    {
        if (Text(form, "Result") is not { } result) return null;
        var code = int.TryParse(form["PayErrorCode"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        return new(
            result,
            code,
            Text(form, "PaymentConfirmationCode"),
            Text(form, "PaymentToken"),
            Text(form, "ProfileId"),
            Text(form, "PaymentError"),
            Text(form, "ConnectorError"));
    }

    private static CaptureField? Field(string? name) => WireName.TryParse<CaptureField>(name, out var field) ? field : null;

    /// <summary>Twilio passes on what gateways say, which ends in the log and on screens.</summary>
    private static string? Text(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } text ? OneLine.Of(text, text.Length) : null;
}
