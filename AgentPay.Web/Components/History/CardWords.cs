using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.History;

/// <summary>Describes the card or account of a payment.</summary>
public static class CardWords
{
    /// <summary>Null when nothing was captured.</summary>
    public static string? Of(HistoryRecord record, IStringLocalizer<Words> words) =>
        (CardBrand.Of(record.CardType).Name, record.LastFour) switch
        {
            ("", null) => null,
            ("", { } last) => words["ending {0}", last],
            ({ } brand, null) => brand,
            ({ } brand, { } last) => words["{0} ending {1}", brand, last],
        };
}
