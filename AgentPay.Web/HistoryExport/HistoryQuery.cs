using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.HistoryExport;

/// <summary>The range and filter in an address. The page, the print view and the export have the same parameters.</summary>
public sealed record HistoryQuery(HistoryRange Range, HistoryFilter Filter)
{
    public const string ExportPath = "history/export";
    public const string PrintPath = "history/print";

    /// <summary>The parameters of the range and the filter; null values are left out of the address.</summary>
    public IReadOnlyDictionary<string, string?> Parameters
    {
        get
        {
            var isCustom = Range.Preset == RangePreset.Custom;
            return new Dictionary<string, string?>(Filter.Query)
            {
                ["day"] = null,
                ["range"] = isCustom || Range.Preset == RangePreset.Today ? null : NameOf(Range.Preset),
                ["from"] = isCustom ? Range.First.Name : null,
                ["to"] = isCustom ? Range.Last.Name : null,
            };
        }
    }

    public string ExportUrl => UrlOf(ExportPath);

    public string PrintUrl => UrlOf(PrintPath);

    public static string NameOf(RangePreset preset) => JsonNamingPolicy.KebabCaseLower.ConvertName(preset.ToString());

    public static RangePreset? PresetOf(string? name) => Enum.GetValues<RangePreset>()
        .Where(preset => preset != RangePreset.Custom && NameOf(preset) == name)
        .Cast<RangePreset?>().FirstOrDefault();

    // With the days themselves, so that a link that is opened tomorrow gives the same payments.
    private string UrlOf(string path) => QueryHelpers.AddQueryString(
        path,
        Filter.Query.Concat([new("from", Range.First.Name), new("to", Range.Last.Name)]).Where(parameter => parameter.Value is not null));
}

/// <summary>The days of the history now, in the organisation's time zone.</summary>
public sealed class HistoryCalendar(IOptions<AgentPayOptions> app, IOptions<SyncOptions> sync, TimeProvider clock)
{
    public TimeZoneInfo Zone { get; } = app.Value.FindTimeZone();

    public HistoryDay Today => HistoryDay.Today(Zone, clock.GetUtcNow());

    /// <summary>The first day whose payments may still be stored.</summary>
    public HistoryDay Earliest => HistoryDay.Earliest(Zone, clock.GetUtcNow(), sync.Value.HistoryTtl);

    public int KeptDays => (int)sync.Value.HistoryTtl.TotalDays;

    /// <summary>Reads a range from an address. No parameters mean today; <paramref name="day"/> is a range of one day.</summary>
    /// <param name="result">Today if there is a problem.</param>
    public RangeProblem TryRead(string? range, string? from, string? to, string? day, out HistoryRange result)
    {
        var today = Today;
        result = HistoryRange.Of(RangePreset.Today, today);
        if (!string.IsNullOrEmpty(range))
        {
            if (HistoryQuery.PresetOf(range) is not { } preset) return RangeProblem.NotADay;
            result = HistoryRange.Of(preset, today);
            return RangeProblem.None;
        }
        if (string.IsNullOrEmpty(from) && string.IsNullOrEmpty(to) && string.IsNullOrEmpty(day)) return RangeProblem.None;
        var problem = HistoryRange.TryRead(from ?? day ?? to, to ?? day ?? from, Earliest, today, out var days);
        if (problem == RangeProblem.None) result = days;
        return problem;
    }

    /// <summary>Why a range is refused, in English; a key of the localizer with the arguments <see cref="Bounds"/>.</summary>
    public static string TextOf(RangeProblem problem) => problem switch
    {
        RangeProblem.Reversed => "The first day is after the last day.",
        RangeProblem.TooLong => "Choose at most {0} days. For a longer time, export one month after another.",
        RangeProblem.NotADay => "Choose days from {1} to {2}.",
        _ => "The history goes from {1} to {2}. Choose days in between.",
    };

    public object[] Bounds(Func<HistoryDay, string> show) => [HistoryRange.MostDays, show(Earliest), show(Today)];
}
