namespace AgentPay.Web.Sandbox.Pay;

/// <summary>Four digits for an amex card, three for other types.</summary>
public sealed class SecurityCodeEntry(TwilioCardType type) : FieldEntry
{
    public override bool IsFull => Digits.Length == type.SecurityCodeLength;

    public override int MinLength => type.SecurityCodeLength;

    public override string MaskedInput => new('x', Digits.Length);

    public override string MaskedValue => MaskedInput;

    public override string? Validate() => IsFull ? null : ErrorTypes.InvalidSecurityCode;
}
