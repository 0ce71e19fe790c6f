using AgentPay.Web.Components.History;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.HistoryExport;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.Components;

namespace AgentPay.Web.Components.Pages;

/// <summary>
/// The payments of a range of days, read when the page opens, when the choice changes and on Refresh. The page does not poll. A new
/// filter uses the days as they were read before.
/// </summary>
public sealed partial class HistoryPage(
    HistoryReader reader,
    PaymentHistory history,
    HistoryCalendar calendar,
    NavigationManager navigation,
    Announcer announcer,
    TimeProvider clock)
{
    private readonly ViewerClock _clock = new(calendar.Zone);
    private HistoryQuery? _query;
    private HistoryQuery? _asked;
    private HistoryReading? _reading;
    private IReadOnlyList<HistoryRecord> _shown = [];
    private IReadOnlyList<string> _agents = [];
    private IReadOnlyList<HistoryRecord> _checks = [];
    private ReadSince _since;
    private int _moreChecks;
    private int _done;
    private CancellationTokenSource? _running;
    private string? _correction;
    private string? _problem;

    [SupplyParameterFromQuery] public string? Range { get; set; }
    [SupplyParameterFromQuery] public string? From { get; set; }
    [SupplyParameterFromQuery] public string? To { get; set; }
    [SupplyParameterFromQuery] public string? Day { get; set; }
    [SupplyParameterFromQuery] public string? Result { get; set; }
    [SupplyParameterFromQuery] public string? Text { get; set; }
    [SupplyParameterFromQuery] public string? Agent { get; set; }

    private bool IsSupervisor => User is { IsSupervisor: true };

    private bool IsReading => _running is not null;

    private string LoadingText => _done == 0
        ? L["Reading the payments…"]
        : L["Reading the payments… {0} of {1} days", _done, _query!.Range.Days];

    private string EmptyTitle => _query!.Range switch
    {
        { Days: > 1 } => L["No payments in these days"],
        { Preset: RangePreset.Today } => L["No payments yet today"],
        _ => L["No payments on this day"],
    };

    protected override async Task OnParametersSetAsync()
    {
        // Without a circuit, the page would read the history twice.
        if (!RendererInfo.IsInteractive || User is null) return;
        var problem = calendar.TryRead(Range, From, To, Day, out var range);
        _query = new(range, HistoryFilter.Read(Result, Text, IsSupervisor ? Agent : null));
        _correction = problem == RangeProblem.None
            ? null
            : L["The days in the link cannot be shown, so today is shown instead."].Value + " "
                + L[HistoryCalendar.TextOf(problem), calendar.Bounds(day => day.ShortDate)].Value;
        if (_correction is not null) announcer.Say(_correction);
        if (_asked == _query) return;
        if (_asked?.Range != range) (_since, _reading, _shown) = (ReadSince.Opened(clock.GetUtcNow()), null, []);
        await ReadAsync();
    }

    private Task RefreshAsync()
    {
        _since = ReadSince.Refreshed(clock.GetUtcNow());
        return ReadAsync();
    }

    /// <summary>Reads the days that are missing. The others were read a moment ago.</summary>
    private Task ContinueAsync() => ReadAsync();

    /// <summary>Reads the range, and abandons an earlier reading that has not finished.</summary>
    private async Task ReadAsync()
    {
        var query = _asked = _query!;
        _running?.Cancel();
        using var running = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        (_running, _done) = (running, 0);
        StateHasChanged();
        try
        {
            var reading = reader.ReadAsync(User!, query, _since, done => Show(running, done), running.Token);
            // Shown together with the list. Checks that came later would move it while somebody clicks.
            var checks = ReadChecksAsync(running.Token);
            await Task.WhenAll(reading, checks);
            if (_running == running) Show(await reading, await checks);
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            // Other days were chosen, or the page was left.
        }
        finally
        {
            if (_running == running) _running = null;
        }
    }

    private async Task<(IReadOnlyList<HistoryRecord> Records, int More, string? Problem)> ReadChecksAsync(CancellationToken cancellation)
    {
        try
        {
            var (records, more) = await history.NeedCheckingAsync(User!, cancellation);
            return (records, more, null);
        }
        catch (ServiceUnavailableException failure)
        {
            return (_checks, _moreChecks, SyncProblem.Describe(failure));
        }
    }

    private void Show(CancellationTokenSource running, int done)
    {
        if (_running != running) return;
        _done = Math.Min(done, _query!.Range.Days);
        if (_reading is null) StateHasChanged();
    }

    private void Show(HistoryReading reading, (IReadOnlyList<HistoryRecord> Records, int More, string? Problem) checks)
    {
        (_checks, _moreChecks, _problem) = checks;
        if (reading.HasFailed)
        {
            _problem = reading.Problem;
            return;
        }
        (_reading, _agents) = (reading, reading.Agents);
        // The same list again as long as nothing has changed: the grid reloads a new one.
        if (!reading.Records.SequenceEqual(_shown)) _shown = reading.Records;
        announcer.Say(reading.Summary.Count == 1 ? L["1 payment."] : L["{0} payments.", reading.Summary.Count]);
    }

    private void Change(HistoryQuery choice)
    {
        var query = choice.Parameters.ToDictionary(parameter => parameter.Key, object? (parameter) => parameter.Value);
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(query), replace: choice.Range == _query!.Range);
    }
}
