using AgentPay.Web.Components.Parts;
using AgentPay.Web.Payments;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Payments;

/// <summary>The reason of a refused command, with amounts in the viewer's number format.</summary>
internal static class RefusalWords
{
    public static string In(this DeskAnswer.Refused refused, IStringLocalizer<Words> l) =>
        refused.Limit is { } limit ? l[limit.Words, Amounts.Show(limit.Amount, limit.Currency)] : l[refused.Words];
}
