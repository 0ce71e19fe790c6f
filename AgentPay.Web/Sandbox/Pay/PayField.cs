namespace AgentPay.Web.Sandbox.Pay;

/// <summary>The fields that a caller can enter, in the order of Twilio's <c>Required</c>.</summary>
public enum PayField
{
    CardNumber,
    ExpirationDate,
    SecurityCode,
    PostalCode,
    BankRoutingNumber,
    BankAccountNumber,
}

/// <summary>A value of <c>Capture</c>: a field, or its second entry (<c>…-matcher</c>).</summary>
public readonly record struct CaptureStep(PayField Field, bool IsMatcher = false)
{
    private const string MatcherSuffix = "-matcher";

    // Indexed by PayField.
    private static readonly string[] Names =
        ["payment-card-number", "expiration-date", "security-code", "postal-code", "bank-routing-number", "bank-account-number"];

    public string Name => Names[(int)Field] + (IsMatcher ? MatcherSuffix : "");

    /// <summary>Returns null for an unknown name. Bank details have no matcher.</summary>
    public static CaptureStep? Parse(string name)
    {
        var isMatcher = name.EndsWith(MatcherSuffix, StringComparison.Ordinal);
        var field = (PayField)Array.IndexOf(Names, isMatcher ? name[..^MatcherSuffix.Length] : name);
        var exists = field >= PayField.CardNumber && (!isMatcher || field <= PayField.PostalCode);
        return exists ? new(field, isMatcher) : null;
    }

    public override string ToString() => Name;
}
