using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>
/// Validates the rules of a profile that annotations cannot express. With a field order that Twilio does not support, every payment would
/// wait until its capture window ends.
/// </summary>
internal static class ProfileRules
{
    public static IEnumerable<(string Property, string Words)> Problems(PaymentProfile profile) =>
    [
        .. UnknownNames<CaptureField>(nameof(profile.CaptureOrder), profile.CaptureOrder),
        .. UnknownNames<CaptureField>(nameof(profile.RequireMatchingInputs), profile.RequireMatchingInputs),
        .. UnknownNames<CardType>(nameof(profile.ValidCardTypes), profile.ValidCardTypes),
        .. OfLimits(profile).Select(words => (nameof(profile.MaxAmount), words)),
        .. PaymentProfiles.Words(profile.NotPaid).Where(rule => rule.Split('=') is not [{ Length: > 0 }, { Length: > 0 }])
            .Select(rule => (nameof(profile.NotPaid), $"contains '{rule}'. Accepted: names with values such as payment_status=DECLINED.")),
        .. Problem(nameof(profile.ReceiptTemplate), TextTemplate.Problem(profile.ReceiptTemplate, ReceiptText.Placeholders)),
        .. Problem(nameof(profile.RecordUrl), profile.RecordUrl.Length == 0 ? null : RecordLink.Problem(profile.RecordUrl)),
        .. OfOrder(profile, [.. PaymentProfiles.Fields(profile.CaptureOrder)]).Select(words => (nameof(profile.CaptureOrder), words)),
        .. OfFieldsEnteredTwice(profile).Select(words => (nameof(profile.RequireMatchingInputs), words)),
    ];

    private static IEnumerable<(string, string)> Problem(string property, string? words) => words is null ? [] : [(property, words)];

    private static IEnumerable<(string, string)> UnknownNames<TEnum>(string property, string names) where TEnum : struct, Enum =>
        from name in PaymentProfiles.Words(names)
        where SettingText.Read(name, typeof(TEnum)) is null
        select (property, $"contains '{name}'. Accepted: {SettingText.Accepted(typeof(TEnum))}.");

    private static IEnumerable<string> OfLimits(PaymentProfile profile)
    {
        var currency = profile.Currency;
        if (profile.MaxAmount.TryGetValue("", out var plain))
            yield return FormattableString.Invariant($"is {plain}, but MaxAmount:{currency} is {profile.MaxAmount[currency]}. Keep one.");
        foreach (var (code, limit) in profile.MaxAmount)
        {
            if (code.Length > 0 && code != currency && !Currency.TryParse(code, out _))
                yield return $"has a limit for '{code}'. Accepted: the three letters of a currency, such as MaxAmount:USD.";
            if (limit is <= 0 or >= 1_000_000)
                yield return FormattableString.Invariant($"is {limit} for {code}, and must be above 0 and below 1000000. Example: 500.");
        }
    }

    private static IEnumerable<string> OfOrder(PaymentProfile profile, List<CaptureField> order)
    {
        var example = $"Example: {string.Join(',', Always(profile).Select(WireName.Of))}.";
        if (order.Distinct().Count() != order.Count) yield return $"contains a field twice. {example}";
        foreach (var missing in Always(profile).Where(field => order.Count > 0 && !order.Contains(field)))
            yield return $"lacks {WireName.Of(missing)}, which Twilio always asks for. {example}";
        foreach (var unexpected in order.Except([.. Always(profile), .. Optional(profile)]))
            yield return $"contains {WireName.Of(unexpected)}, which the payment method does not ask for. {example}";
        if (order.IndexOf(CaptureField.SecurityCode) is >= 0 and var code && order.IndexOf(CaptureField.PaymentCardNumber) > code)
            yield return "asks for the security code before the card number. Example: payment-card-number,security-code,expiration-date.";
    }

    private static IEnumerable<string> OfFieldsEnteredTwice(PaymentProfile profile)
    {
        var asked = PaymentProfiles.FieldsOf(profile);
        return from field in PaymentProfiles.Fields(profile.RequireMatchingInputs)
               where !asked.Contains(field) || PaymentProfiles.MatcherOf(field) is null
               select $"contains {WireName.Of(field)}, which is not asked or cannot be entered twice. Example: payment-card-number.";
    }

    private static CaptureField[] Always(PaymentProfile profile) => profile.PaymentMethod == PaymentMethod.AchDebit
        ? [CaptureField.BankRoutingNumber, CaptureField.BankAccountNumber]
        : [CaptureField.PaymentCardNumber, CaptureField.ExpirationDate];

    private static CaptureField[] Optional(PaymentProfile profile) =>
        profile.PaymentMethod == PaymentMethod.AchDebit ? [] : [CaptureField.SecurityCode, CaptureField.PostalCode];
}
