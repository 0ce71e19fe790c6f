using AgentPay.Web.Components.History;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.HistoryExport;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Components.Pages;

/// <summary>The payments of a day, read when the page opens, when the day changes and on Refresh. The page does not poll.</summary>
public sealed partial class HistoryPage(
    PaymentHistory history, IOptions<SyncOptions> sync, NavigationManager navigation, Announcer announcer, TimeProvider clock)
{
    private HistoryDay? _day;
    private HistoryDay? _earliest;
    private HistoryDay? _today;
    private HistoryFilter _filter = new();
    private HistoryDay? _read;
    private DateTimeOffset _readAt;
    private IReadOnlyList<HistoryRecord>? _records;
    private IReadOnlyList<HistoryRecord> _shown = [];
    private IReadOnlyList<string> _agents = [];
    private IReadOnlyList<HistoryRecord> _checks = [];
    private int _moreChecks;
    private CancellationTokenSource? _reading;
    private string? _correction;
    private string? _problem;

    [SupplyParameterFromQuery] public string? Day { get; set; }
    [SupplyParameterFromQuery] public string? Result { get; set; }
    [SupplyParameterFromQuery] public string? Text { get; set; }
    [SupplyParameterFromQuery] public string? Agent { get; set; }
    [CascadingParameter] public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    private bool IsSupervisor => User is { IsSupervisor: true };

    private bool IsReading => _reading is not null;

    protected override async Task OnParametersSetAsync()
    {
        // Before the circuit starts, the viewer's time zone is not known.
        if (!RendererInfo.IsInteractive || User is null) return;
        var now = clock.GetUtcNow();
        (_earliest, _today) = (HistoryDay.Earliest(Clock.Zone, now, sync.Value.HistoryTtl), HistoryDay.Today(Clock.Zone, now));
        _filter = HistoryFilter.Read(Result, Text, IsSupervisor ? Agent : null);
        var isDay = HistoryDay.TryRead(Day, Clock.Zone, out var asked) && asked.IsIn(_earliest, _today);
        _day = isDay ? asked : _today;
        _correction = isDay || string.IsNullOrEmpty(Day) ? null
            : L["The day in the link is not in the history, which goes from {0} to {1}. Today is shown instead.",
                _earliest.ShortDate, _today.ShortDate].Value;
        if (_correction is not null) announcer.Say(_correction);
        Show();
        if (_read != _day) await ReadAsync();
    }

    /// <summary>Reads the day, and abandons an earlier reading that has not finished.</summary>
    private async Task ReadAsync()
    {
        var day = _day!;
        if (_read != day) (_read, _records, _shown) = (day, null, []);
        _reading?.Cancel();
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        _reading = reading;
        StateHasChanged();
        try
        {
            var records = await history.ReadAsync(User!, day.From, day.Until, reading.Token);
            var checks = await history.NeedCheckingAsync(User!, reading.Token);
            if (_reading != reading) return;
            (_checks, _moreChecks) = checks;
            (_records, _readAt, _problem) = (records, clock.GetUtcNow(), null);
            _agents = [.. records.Select(record => record.Agent).Distinct(StringComparer.OrdinalIgnoreCase).Order()];
            Show();
            announcer.Say(_shown.Count == 1 ? L["1 payment."] : L["{0} payments.", _shown.Count]);
        }
        catch (OperationCanceledException) when (reading.IsCancellationRequested)
        {
            // Another day was chosen, or the page was left.
        }
        catch (ServiceUnavailableException failure)
        {
            if (_reading == reading) _problem = SyncProblem.InWords(failure);
        }
        finally
        {
            if (_reading == reading) _reading = null;
        }
    }

    // The same list again as long as nothing has changed: the grid reloads a new one.
    private void Show() => _shown = _filter.Of(_records ?? []) is var shown && shown.SequenceEqual(_shown) ? _shown : shown;

    private void Change((HistoryDay Day, HistoryFilter Filter) choice)
    {
        var query = choice.Filter.Query.ToDictionary(parameter => parameter.Key, object? (parameter) => parameter.Value);
        query["day"] = choice.Day == _today ? null : choice.Day.Name;
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(query), replace: choice.Day == _day);
    }
}
