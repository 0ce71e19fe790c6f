namespace AgentPay.Web.PaymentTypes;

/// <summary>A card brand on the screen: its name, its mark and the grouping of its card numbers.</summary>
/// <param name="Mark">The name of a drawing in <c>wwwroot/brands</c>; null for a plain card.</param>
/// <param name="Groups">The number of digits in each group of a card number.</param>
public sealed record CardBrand(string Name, string? Mark, params int[] Groups)
{
    private static readonly int[] Fours = [4, 4, 4, 4];

    // The key is Twilio's PaymentCardType.
    private static readonly Dictionary<string, CardBrand> All = new()
    {
        ["visa"] = new("Visa", "visa", Fours),
        ["mastercard"] = new("Mastercard", "mastercard", Fours),
        ["amex"] = new("American Express", "amex", 4, 6, 5),
        ["discover"] = new("Discover", "discover", Fours),
        ["diners-club"] = new("Diners Club", "diners", 4, 6, 4),
        ["jcb"] = new("JCB", "jcb", Fours),
        ["maestro"] = new("Maestro", "maestro", Fours),
        ["unionpay"] = new("UnionPay", "unionpay", Fours),
        ["optima"] = new("Optima", null, 4, 6, 5),
        ["enroute"] = new("enRoute", null, 4, 7, 4),
    };

    private static readonly CardBrand Unknown = new("", null, Fours);

    /// <summary>Returns an empty name if the card type is missing, and no mark if the brand is not in the table.</summary>
    public static CardBrand Of(string? cardType) =>
        string.IsNullOrEmpty(cardType) ? Unknown : All.GetValueOrDefault(cardType) ?? Unknown with { Name = cardType };
}
