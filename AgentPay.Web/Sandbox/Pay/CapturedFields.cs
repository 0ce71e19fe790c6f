namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// The fields that the caller has entered, in plain text, and the fields that are still required.
/// Not thread-safe: the lock of the session guards it.
/// </summary>
public sealed class CapturedFields(CreatePaymentRequest terms, TimeProvider clock)
{
    private readonly Dictionary<PayField, FieldEntry> _values = [];
    private readonly HashSet<CaptureStep> _required = [.. terms.Steps];

    /// <summary>In Twilio's order, each matcher after its field.</summary>
    public IEnumerable<CaptureStep> Required => terms.Steps.Where(_required.Contains);

    // The digits of a captured field, or null.
    public string? this[PayField field] => _values.GetValueOrDefault(field)?.Digits;

    public FieldEntry NewEntry(PayField field) => field switch
    {
        PayField.CardNumber => new CardNumberEntry(terms.ValidCardTypes),
        PayField.ExpirationDate => new ExpirationDateEntry(clock),
        PayField.SecurityCode => new SecurityCodeEntry(CardType ?? TwilioCardType.Unknown),
        PayField.PostalCode => new PostalCodeEntry(terms.MinPostalCodeLength),
        PayField.BankRoutingNumber => new BankRoutingNumberEntry(),
        _ => new BankAccountNumberEntry(),
    };

    // Makes a step required again. A field loses its value and must be matched again. The field of a matcher keeps its value.
    public void Require(CaptureStep step)
    {
        if (!step.IsMatcher) _values.Remove(step.Field);
        _required.UnionWith(terms.Steps.Where(s => s == step || s == step with { IsMatcher = true }));
    }

    public void Store(CaptureStep step, FieldEntry entry)
    {
        _required.Remove(step);
        if (step.IsMatcher) return;
        _values[step.Field] = entry;
        if (step.Field == PayField.CardNumber) RemoveMismatchedSecurityCode();
    }

    // Callback parameters of all captured values and of the entry in progress, in Twilio's order.
    public IEnumerable<KeyValuePair<string, string>> Parameters(CaptureStep? step = null, FieldEntry? typing = null)
    {
        foreach (var field in Enum.GetValues<PayField>())
        {
            var isTyping = typing is not null && step?.Field == field;
            if (isTyping) yield return new(Parameter(field), typing!.MaskedInput);
            else if (_values.TryGetValue(field, out var value)) yield return new(Parameter(field), value.MaskedValue);
            if (!isTyping && field == PayField.CardNumber && CardType is { } cardType) yield return new("PaymentCardType", cardType.Name);
        }
    }

    /// <summary>Clears all digits.</summary>
    public void Clear() => _values.Clear();

    private TwilioCardType? CardType => (_values.GetValueOrDefault(PayField.CardNumber) as CardNumberEntry)?.CardType;

    // The new card may need a security code of another length: amex has four digits, other types have three.
    private void RemoveMismatchedSecurityCode()
    {
        if (this[PayField.SecurityCode] is { } code && code.Length != CardType!.SecurityCodeLength) Require(new(PayField.SecurityCode));
    }

    private static string Parameter(PayField field) => field switch
    {
        PayField.CardNumber => "PaymentCardNumber",
        PayField.ExpirationDate => "ExpirationDate",
        PayField.SecurityCode => "SecurityCode",
        PayField.PostalCode => "PaymentCardPostalCode",
        PayField.BankRoutingNumber => "BankRoutingNumber",
        _ => "BankAccountNumber",
    };
}
