namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// Digits, not masked by Twilio. The country is unknown, so the entry ends only at #, at the timeout or at the tenth digit.
/// </summary>
public sealed class PostalCodeEntry(int minLength) : FieldEntry
{
    public const int MaxDigits = 10;

    public override bool IsFull => Digits.Length == MaxDigits;

    public override int MinLength => minLength;

    public override string? Validate() => IsTooShort ? ErrorTypes.InvalidPostalCode : null;
}
