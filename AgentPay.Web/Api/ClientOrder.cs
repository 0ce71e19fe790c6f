using System.Globalization;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Api;

/// <summary>Reads the order of a payment from the parameters of <c>/startCapture</c>.</summary>
internal static class ClientOrder
{
    // Twilio does not publish its limit for the unique name of a pay connector. The names in its console and samples are much shorter.
    private const int LongestConnector = 100;

    /// <summary>Returns the order, or the problem of a parameter.</summary>
    /// <param name="leg">The customer's leg.</param>
    public static (PaymentOrder? Order, string? Problem) Read(ApiParameters sent, CallSid leg, string? uui, PaymentProfiles profiles)
    {
        var connector = sent["PaymentConnector"];
        if (connector?.Length > LongestConnector || (connector is not null && !OneLine.Is(connector)))
            return (null, "PaymentConnector is not the name of a connector");
        if (!TryReadAmount(sent["ChargeAmount"], out var amount)) return (null, "ChargeAmount is not a number such as 12.50");
        if (!TryReadTokenType(sent["TokenType"], out var tokenType))
            return (null, "TokenType is none of one-time, reusable, payment-method");
        if (profiles.OfConnector(connector) is not { } profile)
            return (null, "PaymentConnector is not the connector of a configured payment profile");
        if (FieldsOf(profile, sent) is not { } fields) return (null, "SecurityCode and PostalCode are true or false");
        var isConfirmedAgain = sent.Flag("ChargeAgain", out var isAgainFlag);
        if (!isAgainFlag) return (null, "ChargeAgain is true or false");
        var order = new PaymentOrder(leg, uui, profile.Name, amount, sent["Currency"], sent["Description"], sent["Reference"])
        {
            Connector = connector,
            TokenType = tokenType,
            Fields = fields,
            Driver = PaymentDriver.Client,
            IsConfirmedAgain = isConfirmedAgain == true,
        };
        return (order, null);
    }

    // The fields of the profile. The client may add or remove the security code and the postal code. Null if such a flag is invalid.
    private static List<CaptureField>? FieldsOf(PaymentProfile profile, ApiParameters sent)
    {
        var fields = PaymentProfiles.FieldsOf(profile).ToList();
        Switch(fields, CaptureField.SecurityCode, sent.Flag("SecurityCode", out var isCodeFlag));
        Switch(fields, CaptureField.PostalCode, sent.Flag("PostalCode", out var isPostalFlag));
        return isCodeFlag && isPostalFlag ? fields : null;
    }

    private static void Switch(List<CaptureField> fields, CaptureField field, bool? on)
    {
        if (on == false) fields.Remove(field);
        else if (on == true && !fields.Contains(field)) fields.Add(field);
    }

    private static bool TryReadAmount(string? text, out decimal? amount)
    {
        amount = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
        return text is null || amount is not null;
    }

    private static bool TryReadTokenType(string? text, out TokenType? type)
    {
        type = WireName.TryParse<TokenType>(text, out var value) ? value : null;
        return text is null || type is not null;
    }
}
