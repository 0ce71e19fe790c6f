namespace AgentPay.Web.Sandbox.Pay;

/// <summary>Reads what the caller has to enter, in Twilio's order: from <c>SecurityCode</c>, <c>PostalCode</c> and <c>RequireMatchingInputs</c>.</summary>
public static class StepList
{
    /// <param name="isCard">A bank account has neither a security code nor a postal code.</param>
    public static IReadOnlyList<CaptureStep> Read(PayForm form, bool isCard)
    {
        var securityCode = form.Flag("SecurityCode", otherwise: true);
        var postalCode = form.Flag("PostalCode", otherwise: true);
        List<PayField> fields = isCard ? [PayField.CardNumber, PayField.ExpirationDate] : [PayField.BankRoutingNumber, PayField.BankAccountNumber];
        if (isCard && securityCode) fields.Add(PayField.SecurityCode);
        if (isCard && postalCode) fields.Add(PayField.PostalCode);
        var twice = ReadMatching(form["RequireMatchingInputs"], fields);
        return fields.SelectMany<PayField, CaptureStep>(field => twice.Contains(field) ? [new(field), new(field, IsMatcher: true)] : [new(field)]).ToList();
    }

    private static HashSet<PayField> ReadMatching(string? text, List<PayField> fields) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => CaptureStep.Parse(name) is { IsMatcher: false, Field: <= PayField.PostalCode and var field } && fields.Contains(field)
                ? field
                : throw Refusals.InvalidValue("RequireMatchingInputs", "it names a field that the caller is not asked for"))
            .ToHashSet();
}
