using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

internal sealed class PaymentsOptionsValidator : IValidateOptions<PaymentsOptions>
{
    public ValidateOptionsResult Validate(string? name, PaymentsOptions options)
    {
        var found = new List<string>(options.Unreadable);
        if (options.CaptureWindow < TimeSpan.FromSeconds(30) || options.CaptureWindow > TimeSpan.FromHours(1)) found.Add(Wrong("CaptureWindow", "must be between 30 seconds and an hour", "00:05:00"));
        if (options.OutcomeTimeout < TimeSpan.FromSeconds(15) || options.OutcomeTimeout > TimeSpan.FromMinutes(10)) found.Add(Wrong("OutcomeTimeout", "must be between 15 seconds and 10 minutes", "00:01:00"));
        if (options.DuplicateWindow < TimeSpan.Zero || options.DuplicateWindow > TimeSpan.FromHours(12)) found.Add(Wrong("DuplicateWindow", "must be between zero, which never asks, and 12 hours", "00:10:00"));
        for (var i = 0; i < options.Profiles.Count; i++) found.AddRange(Failures($"Profiles:{i}:", options.Profiles[i]));
        foreach (var twice in options.Profiles.GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)) found.Add($"{PaymentsOptions.Section}:Profiles has the name '{twice.Key}' more than once.");
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static IEnumerable<string> Failures(string prefix, PaymentProfile profile)
    {
        if (string.IsNullOrWhiteSpace(profile.Name)) yield return Wrong(prefix + "Name", "is missing", "Shop");
        if (string.IsNullOrWhiteSpace(profile.Connector)) yield return Wrong(prefix + "Connector", "is missing", "Default");
        if (!Currency.TryParse(profile.Currency, out _)) yield return Wrong(prefix + "Currency", "is not three letters", "USD");
        foreach (var unknown in Unknown<CaptureField>(profile.CaptureOrder)) yield return Wrong(prefix + "CaptureOrder", $"holds '{unknown}', which is none of {Accepted<CaptureField>()}", "payment-card-number,expiration-date,security-code");
        foreach (var unknown in Unknown<CaptureField>(profile.RequireMatchingInputs)) yield return Wrong(prefix + "RequireMatchingInputs", $"holds '{unknown}', which is none of {Accepted<CaptureField>()}", "payment-card-number");
        foreach (var unknown in Unknown<CardType>(profile.ValidCardTypes)) yield return Wrong(prefix + "ValidCardTypes", $"holds '{unknown}', which is none of {Accepted<CardType>()}", "visa mastercard amex");
        if (profile.Timeout is { } timeout && (timeout < TimeSpan.FromSeconds(1) || timeout > TimeSpan.FromSeconds(600))) yield return Wrong(prefix + "Timeout", "must be between 1 and 600 seconds", "00:00:10");
        if (profile.MinPostalCodeLength is < 1 or > 10) yield return Wrong(prefix + "MinPostalCodeLength", "must be between 1 and 10", "5");
        foreach (var (currency, most) in profile.MaxAmount.Where(limit => limit.Value is <= 0 or >= 1_000_000))
            yield return Wrong(prefix + "MaxAmount", FormattableString.Invariant($"must be more than zero and less than a million, and is {most} for {currency}"), "500");
        foreach (var rule in PaymentProfiles.Words(profile.NotPaid).Where(rule => rule.Split('=') is not [{ Length: > 0 }, { Length: > 0 }])) yield return Wrong(prefix + "NotPaid", $"holds '{rule}', which is not a name and a value", "payment_status=DECLINED");
        if (profile.Attempts is < 1 or > 10) yield return Wrong(prefix + "Attempts", "must be between 1 and 10", "2");
        foreach (var failure in OrderFailures(prefix, profile, PaymentProfiles.Fields(profile.CaptureOrder).ToList())) yield return failure;
    }

    /// <summary>An order that Twilio's sessions cannot go through would leave every payment hanging until its window ends.</summary>
    private static IEnumerable<string> OrderFailures(string prefix, PaymentProfile profile, List<CaptureField> order)
    {
        var (key, example) = (prefix + "CaptureOrder", string.Join(',', Always(profile).Select(WireName.Of)));
        if (order.Distinct().Count() != order.Count) yield return Wrong(key, "names a field twice", example);
        foreach (var missing in Always(profile).Where(field => order.Count > 0 && !order.Contains(field))) yield return Wrong(key, $"lacks {WireName.Of(missing)}, which Twilio always asks for", example);
        foreach (var alien in order.Except([.. Always(profile), .. Optional(profile)])) yield return Wrong(key, $"holds {WireName.Of(alien)}, which the payment method does not ask for", example);
        if (order.IndexOf(CaptureField.SecurityCode) is >= 0 and var code && order.IndexOf(CaptureField.PaymentCardNumber) > code)
            yield return Wrong(key, "asks the security code before the card number, which Twilio refuses", "payment-card-number,security-code,expiration-date");
        var asked = PaymentProfiles.FieldsOf(profile);
        foreach (var twice in PaymentProfiles.Fields(profile.RequireMatchingInputs).Where(field => !asked.Contains(field) || PaymentProfiles.MatcherOf(field) is null))
            yield return Wrong(prefix + "RequireMatchingInputs", $"holds {WireName.Of(twice)}, which is not asked or cannot be entered twice", "payment-card-number");
    }

    private static CaptureField[] Always(PaymentProfile profile) => profile.PaymentMethod == PaymentMethod.AchDebit
        ? [CaptureField.BankRoutingNumber, CaptureField.BankAccountNumber]
        : [CaptureField.PaymentCardNumber, CaptureField.ExpirationDate];

    private static CaptureField[] Optional(PaymentProfile profile) =>
        profile.PaymentMethod == PaymentMethod.AchDebit ? [] : [CaptureField.SecurityCode, CaptureField.PostalCode];

    private static IEnumerable<string> Unknown<TEnum>(string names) where TEnum : struct, Enum =>
        PaymentProfiles.Words(names).Where(name => SettingText.Read(name, typeof(TEnum)) is null);

    private static string Accepted<TEnum>() where TEnum : struct, Enum => SettingText.Accepted(typeof(TEnum));

    private static string Wrong(string key, string what, string example) =>
        $"{PaymentsOptions.Section}:{key} {what}. Set the environment variable {PaymentsOptions.Section}__{key.Replace(":", "__", StringComparison.Ordinal)}, for example to {example}.";
}
