namespace AgentPay.Web.Sandbox.Pay;

// Reads ValidCardTypes: names separated by spaces. Visa, mastercard and amex if absent. An unknown name gives error 64020.
public static class CardTypeList
{
    private static readonly HashSet<TwilioCardType> Usual = [TwilioCardType.Visa, TwilioCardType.Mastercard, TwilioCardType.Amex];

    public static IReadOnlySet<TwilioCardType> Read(string? text) =>
        text?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Find).ToHashSet() ?? Usual;

    private static TwilioCardType Find(string name) =>
        TwilioCardType.Named.FirstOrDefault(type => type.Name == name)
        ?? throw PayErrors.InvalidValue("ValidCardTypes", "it names a card type that Twilio does not know");
}
