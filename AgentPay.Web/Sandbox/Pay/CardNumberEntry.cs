using AgentPay.Web.Sandbox.Gateway;

namespace AgentPay.Web.Sandbox.Pay;

public sealed class CardNumberEntry(IReadOnlySet<CardBrand> validTypes) : FieldEntry
{
    public CardBrand Brand => CardBrand.Of(Digits);

    public override bool IsFull => Digits.Length >= Brand.FullLength;

    public override int Shortest => Brand.ShortestLength;

    public override string Typing => new('x', Digits.Length);

    public override string Shown => new string('x', Digits.Length - 4) + Digits[^4..];

    public override string? Problem()
    {
        if (!Brand.HasLength(Digits.Length) || !Luhn.Holds(Digits)) return ErrorTypes.InvalidCardNumber;
        if (!validTypes.Contains(Brand)) return ErrorTypes.InvalidCardType;
        return TestCards.FindCard(Digits)?.Behaviour == TestBehaviour.InternalErrorAtEntry ? ErrorTypes.InternalError : null;
    }
}
