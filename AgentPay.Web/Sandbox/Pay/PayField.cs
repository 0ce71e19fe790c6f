namespace AgentPay.Web.Sandbox.Pay;

/// <summary>What a caller can enter, in the order in which Twilio lists it in <c>Required</c>.</summary>
public enum PayField
{
    CardNumber,
    ExpirationDate,
    SecurityCode,
    PostalCode,
    BankRoutingNumber,
    BankAccountNumber,
}

/// <summary>One value of <c>Capture</c>: a field, or its second entry (<c>…-matcher</c>).</summary>
public readonly record struct CaptureStep(PayField Field, bool IsMatcher = false)
{
    private const string MatcherSuffix = "-matcher";

    /// <summary>By the value of <see cref="PayField"/>.</summary>
    private static readonly string[] Names =
        ["payment-card-number", "expiration-date", "security-code", "postal-code", "bank-routing-number", "bank-account-number"];

    public string Name => Names[(int)Field] + (IsMatcher ? MatcherSuffix : "");

    /// <summary>Null for a name that is none of Twilio's; bank details have no matcher.</summary>
    public static CaptureStep? Parse(string name)
    {
        var isMatcher = name.EndsWith(MatcherSuffix, StringComparison.Ordinal);
        var field = (PayField)Array.IndexOf(Names, isMatcher ? name[..^MatcherSuffix.Length] : name);
        var exists = field >= PayField.CardNumber && (!isMatcher || field <= PayField.PostalCode);
        return exists ? new(field, isMatcher) : null;
    }

    public override string ToString() => Name;
}
