using AgentPay.Web.HistoryExport;
using AgentPay.Web.Identity;
using Microsoft.AspNetCore.Components;

namespace AgentPay.Web.Components.History;

/// <summary>The range of days, the filters and the search of the history page.</summary>
public sealed partial class HistoryFilters(HistoryCalendar calendar)
{
    private HistoryRange? _shown;
    private string _from = "";
    private string _to = "";
    private string? _problem;

    [Parameter, EditorRequired] public HistoryQuery Query { get; set; } = default!;

    /// <summary>Principal names of the agents with payments in the range.</summary>
    [Parameter] public IReadOnlyList<string> Agents { get; set; } = [];
    [Parameter] public bool IsReading { get; set; }
    [Parameter] public EventCallback<HistoryQuery> OnChange { get; set; }
    [Parameter] public EventCallback OnRefresh { get; set; }
    [CascadingParameter] public CurrentUser? User { get; set; }

    private HistoryFilter Filter => Query.Filter;

    private HistoryDay Earliest => calendar.Earliest;

    private HistoryDay Today => calendar.Today;

    private HistoryRange? Earlier => Shifted(-Query.Range.Days);

    private HistoryRange? Later => Shifted(Query.Range.Days);

    private string EarlierText => Query.Range.Days == 1 ? L["The day before"] : L["The {0} days before", Query.Range.Days];

    private string LaterText => Query.Range.Days == 1 ? L["The day after"] : L["The {0} days after", Query.Range.Days];

    /// <summary>The chosen agent is listed even in a range without a payment of theirs.</summary>
    private IEnumerable<string> Choices =>
        Filter.Agent is { } chosen ? Agents.Append(chosen).Distinct(StringComparer.OrdinalIgnoreCase) : Agents;

    protected override void OnParametersSet()
    {
        if (_shown == Query.Range) return;
        _shown = Query.Range;
        (_from, _to, _problem) = (_shown.First.Name, _shown.Last.Name, null);
    }

    private string NameOf(string? agent) => string.IsNullOrEmpty(agent) ? L["All agents"] : AgentName.Of(agent, User, Choices);

    /// <summary>The range moved by its own length; null when it would leave the history.</summary>
    private HistoryRange? Shifted(int days)
    {
        var (first, last) = (Query.Range.First.Add(days), Query.Range.Last.Add(days));
        var moved = new HistoryRange(first, last.Date > Today.Date ? Today : last);
        return moved.First.IsIn(Earliest, Today) ? moved : null;
    }

    private Task GoAsync(HistoryRange? range) => range is null ? Task.CompletedTask : ChangeAsync(range);

    private Task ChoosePresetAsync(RangePreset preset) =>
        ChangeAsync(preset == RangePreset.Custom ? Query.Range with { Preset = preset } : HistoryRange.Of(preset, Today));

    // While a year is typed, browsers report years such as 0002. The first day may also be typed before the last one fits.
    private Task ChooseAsync(string from, string to)
    {
        (_from, _to) = (from, to);
        var problem = HistoryRange.TryRead(from, to, Earliest, Today, out var range);
        _problem = problem == RangeProblem.None
            ? null
            : L[HistoryCalendar.TextOf(problem), calendar.Bounds(day => day.ShortDate)].Value;
        return _problem is null ? ChangeAsync(range) : Task.CompletedTask;
    }

    private Task SearchAsync(string text) => ChangeAsync(Filter with { Text = HistoryFilter.Read(null, text, null).Text });

    private Task ChangeAsync(HistoryRange range) => OnChange.InvokeAsync(Query with { Range = range });

    private Task ChangeAsync(HistoryFilter filter) => OnChange.InvokeAsync(Query with { Filter = filter });
}
