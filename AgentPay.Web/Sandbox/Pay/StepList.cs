namespace AgentPay.Web.Sandbox.Pay;

// Reads the entries that the caller must make, in Twilio's order, from SecurityCode, PostalCode and RequireMatchingInputs.
public static class StepList
{
    // A bank account has neither a security code nor a postal code.
    public static IReadOnlyList<CaptureStep> Read(PayForm form, bool isCard)
    {
        var securityCode = form.Flag("SecurityCode", defaultValue: true);
        var postalCode = form.Flag("PostalCode", defaultValue: true);
        List<PayField> fields = isCard
            ? [PayField.CardNumber, PayField.ExpirationDate]
            : [PayField.BankRoutingNumber, PayField.BankAccountNumber];
        if (isCard && securityCode) fields.Add(PayField.SecurityCode);
        if (isCard && postalCode) fields.Add(PayField.PostalCode);
        var repeated = ReadMatching(form["RequireMatchingInputs"], fields);
        return fields
            .SelectMany<PayField, CaptureStep>(field =>
                repeated.Contains(field) ? [new(field), new(field, IsMatcher: true)] : [new(field)])
            .ToList();
    }

    private static HashSet<PayField> ReadMatching(string? text, List<PayField> fields) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => ReadField(name, fields))
            .ToHashSet();

    private static PayField ReadField(string name, List<PayField> fields)
    {
        var step = CaptureStep.Parse(name);
        return step is { IsMatcher: false, Field: <= PayField.PostalCode and var field } && fields.Contains(field)
            ? field
            : throw PayErrors.InvalidValue("RequireMatchingInputs", "it names a field that the caller is not asked for");
    }
}
