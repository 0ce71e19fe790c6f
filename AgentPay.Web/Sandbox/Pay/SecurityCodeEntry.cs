namespace AgentPay.Web.Sandbox.Pay;

/// <summary>As long as the card's brand has it: four digits on an amex card, three on all others.</summary>
public sealed class SecurityCodeEntry(CardBrand brand) : FieldEntry
{
    public override bool IsFull => Digits.Length == brand.SecurityCodeLength;

    public override int Shortest => brand.SecurityCodeLength;

    public override string Typing => new('x', Digits.Length);

    public override string Shown => Typing;

    public override string? Problem() => IsFull ? null : ErrorTypes.InvalidSecurityCode;
}
