using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AgentPay.Web.CardData;
using AgentPay.Web.PaymentTypes;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Payments;

/// <summary>Reads Twilio's payment callback. Fields may be absent or empty.</summary>
public static class PayCallbackForm
{
    /// <summary>The limits keep the document of a payment small. Sync accepts fewer writes a second of large documents.</summary>
    private const int MostOutputs = 20;
    private const int LongestOutput = 100;
    private const int MostNames = 5;
    private const int LongestName = 40;

    private static readonly Dictionary<string, CaptureField> ShownBy = new()
    {
        ["PaymentCardNumber"] = CaptureField.PaymentCardNumber,
        ["ExpirationDate"] = CaptureField.ExpirationDate,
        ["SecurityCode"] = CaptureField.SecurityCode,
        ["PaymentCardPostalCode"] = CaptureField.PostalCode,
        ["BankRoutingNumber"] = CaptureField.BankRoutingNumber,
        ["BankAccountNumber"] = CaptureField.BankAccountNumber,
    };

    /// <summary>
    /// Reads a callback; null when it has no payment session or no time. The outcome needs no time, because it is the last callback.
    /// </summary>
    /// <param name="delivery">The header <c>I-Twilio-Idempotency-Token</c>.</param>
    /// <param name="receivedAt">UTC.</param>
    public static PayCallback? Read(IFormCollection form, string? delivery, DateTimeOffset receivedAt)
    {
        var outcome = Outcome(form);
        var time = SentAt(form) ?? (outcome is null ? null : receivedAt);
        if (!PaymentSid.TryParse(form["Sid"], out var payment) || time is not { } sentAt) return null;
        var required = Required(form);
        return new()
        {
            Payment = payment,
            SentAt = sentAt,
            Delivery = delivery,
            Capture = Field(form["Capture"]),
            IsPartial = form["PartialResult"] == "true",
            Required = required?.Select(Field).OfType<CaptureField>().ToHashSet(),
            OtherRequired = [.. required?.Where(name => Field(name) is null)
                .Take(MostNames)
                .Select(name => OneLine.Of(name, LongestName)) ?? []],
            ErrorType = Text(form, "ErrorType"),
            Shown = ShownBy.Where(p => Text(form, p.Key) is not null).ToDictionary(p => p.Value, p => form[p.Key].ToString()),
            CardType = Text(form, "PaymentCardType"),
            Outcome = outcome,
        };
    }

    private static DateTimeOffset? SentAt(IFormCollection form)
    {
        var text = Text(form, "DateUpdated") ?? Text(form, "DateCreated");
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out var at) ? at : null;
    }

    /// <summary>The names of the missing fields; null when the callback does not say. Some samples have a space after the comma.</summary>
    private static string[]? Required(IFormCollection form) =>
        form.ContainsKey("Required") && form.ContainsKey("Capture")
            ? form["Required"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : null;

    private static PaymentOutcome? Outcome(IFormCollection form)
    {
        if (Text(form, "Result") is not { } result) return null;
        var hasCode = int.TryParse(form["PayErrorCode"], NumberStyles.None, CultureInfo.InvariantCulture, out var code);
        return new(
            result,
            hasCode ? code : null,
            Text(form, "PaymentConfirmationCode"),
            Text(form, "PaymentToken"),
            Text(form, "ProfileId"),
            Decoded(Text(form, "PaymentError")),
            Decoded(Text(form, "ConnectorError")))
        {
            Outputs = Outputs(form),
        };
    }

    /// <summary>The outputs of the pay connector, without their prefix and truncated; null when there are none.</summary>
    private static Dictionary<string, string>? Outputs(IFormCollection form)
    {
        var outputs = form.Where(field => field.Key.StartsWith(PaymentOutcome.OutputPrefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .Take(MostOutputs)
            .Select(field => (
                Name: Short(field.Key[PaymentOutcome.OutputPrefix.Length..], LongestName),
                Value: Short(field.Value.ToString(), LongestOutput)))
            .DistinctBy(output => output.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(output => output.Name, output => output.Value, StringComparer.OrdinalIgnoreCase);
        return outputs.Count == 0 ? null : outputs;
    }

    /// <summary>Masks card numbers before truncating the text: half a card number would not be recognised.</summary>
    private static string Short(string text, int longest) => OneLine.Of(CardNumbers.Mask(Decoded(text)), longest);

    /// <summary>Some connectors percent-encode their texts before Twilio encodes the form.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    private static string? Decoded(string? text)
    {
        if (text is null) return null;
        var decoded = Uri.UnescapeDataString(text);
        return decoded == text ? text : OneLine.Of(decoded, decoded.Length);
    }

    private static CaptureField? Field(string? name) => WireName.TryParse<CaptureField>(name, out var field) ? field : null;

    /// <summary>The value as one line, because texts of gateways appear in logs and on screens; null when it is absent or empty.</summary>
    private static string? Text(IFormCollection form, string name) =>
        form[name].ToString() is { Length: > 0 } text ? OneLine.Of(text, text.Length) : null;
}
