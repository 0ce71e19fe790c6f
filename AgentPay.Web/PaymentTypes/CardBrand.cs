namespace AgentPay.Web.PaymentTypes;

/// <summary>How the cards of a brand look: name, grouping of the number, and a mark drawn for AgentPay in <c>wwwroot/brands</c>.</summary>
/// <param name="Mark">Null for a plain card.</param>
/// <param name="Groups">Digits in each group of a number of the usual length.</param>
public sealed record CardBrand(string Name, string? Mark, params int[] Groups)
{
    private static readonly int[] Fours = [4, 4, 4, 4];

    /// <summary>By Twilio's <c>PaymentCardType</c>.</summary>
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

    /// <summary>Without a name while Twilio has not named the brand; a brand that is not in the table has its name and no mark.</summary>
    public static CardBrand Of(string? cardType) =>
        string.IsNullOrEmpty(cardType) ? Unknown : All.GetValueOrDefault(cardType) ?? Unknown with { Name = cardType };
}
