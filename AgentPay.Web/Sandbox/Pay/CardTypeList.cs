namespace AgentPay.Web.Sandbox.Pay;

/// <summary>Reads <c>ValidCardTypes</c>: names separated by spaces (64020 for one that Twilio does not know); visa, mastercard and amex when absent.</summary>
public static class CardTypeList
{
    private static readonly HashSet<CardBrand> Usual = [CardBrand.Visa, CardBrand.Mastercard, CardBrand.Amex];

    public static IReadOnlySet<CardBrand> Read(string? text) =>
        text?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Find).ToHashSet() ?? Usual;

    private static CardBrand Find(string name) =>
        CardBrand.Named.FirstOrDefault(brand => brand.Name == name) ?? throw Refusals.InvalidValue("ValidCardTypes", "it names a card type that Twilio does not know");
}
