namespace AgentPay.Web.Sandbox.Pay;

/// <summary>What the caller has entered so far, in clear, and what is still required. Not safe for concurrent use: its session's lock guards it.</summary>
public sealed class CapturedFields(CreatePayment terms, TimeProvider clock)
{
    private readonly Dictionary<PayField, FieldEntry> _values = [];
    private readonly HashSet<CaptureStep> _required = [.. terms.Steps];

    /// <summary>In Twilio's order, each matcher after its field.</summary>
    public IEnumerable<CaptureStep> Required => terms.Steps.Where(_required.Contains);

    /// <summary>The digits of a captured field; null before that.</summary>
    public string? this[PayField field] => _values.GetValueOrDefault(field)?.Digits;

    /// <summary>An empty entry for the field, by the rules of this payment.</summary>
    public FieldEntry NewEntry(PayField field) => field switch
    {
        PayField.CardNumber => new CardNumberEntry(terms.ValidCardTypes),
        PayField.ExpirationDate => new ExpirationDateEntry(clock),
        PayField.SecurityCode => new SecurityCodeEntry(Brand ?? CardBrand.Unknown),
        PayField.PostalCode => new PostalCodeEntry(terms.MinPostalCodeLength),
        PayField.BankRoutingNumber => new BankRoutingNumberEntry(),
        _ => new BankAccountNumberEntry(),
    };

    /// <summary>A step is captured anew: a field's own value is dropped and has to be matched again, a matcher's field is kept.</summary>
    public void Ask(CaptureStep step)
    {
        if (!step.IsMatcher) _values.Remove(step.Field);
        _required.UnionWith(terms.Steps.Where(s => s == step || s == step with { IsMatcher = true }));
    }

    public void Keep(CaptureStep step, FieldEntry entry)
    {
        _required.Remove(step);
        if (step.IsMatcher) return;
        _values[step.Field] = entry;
        if (step.Field == PayField.CardNumber) DropSecurityCodeOfOtherLength();
    }

    /// <summary>The callback parameters of all captured values, with that of the entry in progress, in Twilio's order.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters(CaptureStep? step = null, FieldEntry? typing = null)
    {
        foreach (var field in Enum.GetValues<PayField>())
        {
            var isTyping = typing is not null && step?.Field == field;
            if (isTyping) yield return new(Parameter(field), typing!.Typing);
            else if (_values.TryGetValue(field, out var value)) yield return new(Parameter(field), value.Shown);
            if (!isTyping && field == PayField.CardNumber && Brand is { } brand) yield return new("PaymentCardType", brand.Name);
        }
    }

    /// <summary>Forgets every digit.</summary>
    public void Wipe() => _values.Clear();

    private CardBrand? Brand => (_values.GetValueOrDefault(PayField.CardNumber) as CardNumberEntry)?.Brand;

    /// <summary>Another card, another security code: three digits are none on an amex card.</summary>
    private void DropSecurityCodeOfOtherLength()
    {
        if (this[PayField.SecurityCode] is { } code && code.Length != Brand!.SecurityCodeLength) Ask(new(PayField.SecurityCode));
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
