using AgentPay.Web.HistoryExport;

namespace AgentPay.Web.Components.History;

/// <summary>Names ranges of days. Each text is a key of the localizer.</summary>
internal static class RangeWords
{
    public static string Of(RangePreset preset) => preset switch
    {
        RangePreset.Today => "Today",
        RangePreset.Yesterday => "Yesterday",
        RangePreset.ThisWeek => "This week",
        RangePreset.LastWeek => "Last week",
        RangePreset.ThisMonth => "This month",
        RangePreset.LastMonth => "Last month",
        _ => "Chosen days",
    };
}
