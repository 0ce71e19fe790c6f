using AgentPay.Web.Sandbox.Gateway;

namespace AgentPay.Web.Sandbox.Pay;

public sealed class CardNumberEntry(IReadOnlySet<TwilioCardType> validTypes) : FieldEntry
{
    public TwilioCardType CardType => TwilioCardType.Of(Digits);

    public override bool IsFull => Digits.Length >= CardType.FullLength;

    public override int MinLength => CardType.MinLength;

    public override string MaskedInput => new('x', Digits.Length);

    public override string MaskedValue => new string('x', Digits.Length - 4) + Digits[^4..];

    public override string? Validate()
    {
        if (!CardType.HasLength(Digits.Length) || !Luhn.IsValid(Digits)) return ErrorTypes.InvalidCardNumber;
        if (!validTypes.Contains(CardType)) return ErrorTypes.InvalidCardType;
        return TestCards.FindCard(Digits)?.Behaviour == TestBehaviour.InternalErrorAtEntry ? ErrorTypes.InternalError : null;
    }
}
