using AgentPay.Web.Payments;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.History;

/// <summary>What was paid with, as far as a record tells.</summary>
public static class CardWords
{
    /// <summary>Null when nothing was captured.</summary>
    public static string? Of(HistoryRecord record, IStringLocalizer<Words> words) => (BrandOf(record.CardType), record.LastFour) switch
    {
        (null, null) => null,
        (null, { } last) => words["ending {0}", last],
        ({ } brand, null) => brand,
        ({ } brand, { } last) => words["{0} ending {1}", brand, last],
    };

    /// <summary>Twilio's word for a brand, as people write it.</summary>
    private static string? BrandOf(string? cardType) => cardType switch
    {
        null or "" => null,
        "visa" => "Visa",
        "mastercard" => "Mastercard",
        "amex" => "Amex",
        "discover" => "Discover",
        "maestro" => "Maestro",
        "jcb" => "JCB",
        "diners-club" => "Diners Club",
        _ => cardType,
    };
}
