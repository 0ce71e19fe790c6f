using AgentPay.Web.Components.History;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Components.Pages;

/// <summary>
/// The payments of a day. A past day does not change, and of today's payments the agent has just seen the last: so this reads when it is opened,
/// when the day changes, and when asked to. It does not poll.
/// </summary>
public sealed partial class HistoryPage(PaymentHistory history, IOptions<SyncOptions> sync, NavigationManager navigation, Announcer announcer, TimeProvider clock)
{
    private HistoryDay? _day;
    private HistoryDay? _earliest;
    private HistoryDay? _today;
    private HistoryFilter _filter = new(null, null, null);
    private HistoryDay? _read;
    private DateTimeOffset _readAt;
    private IReadOnlyList<HistoryRecord>? _records;
    private IReadOnlyList<HistoryRecord> _shown = [];
    private IReadOnlyList<string> _agents = [];
    private CancellationTokenSource? _reading;
    private string? _problem;

    [SupplyParameterFromQuery]
    public string? Day { get; set; }

    [SupplyParameterFromQuery]
    public string? Result { get; set; }

    [SupplyParameterFromQuery]
    public string? Text { get; set; }

    [SupplyParameterFromQuery]
    public string? Agent { get; set; }

    [CascadingParameter]
    public CurrentUser? User { get; set; }

    [CascadingParameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    private bool IsSupervisor => User is { IsSupervisor: true };

    private bool IsToday => _day == _today;

    private bool IsReading => _reading is not null;

    private int DaysKept => (int)sync.Value.HistoryTtl.TotalDays;

    protected override async Task OnParametersSetAsync()
    {
        // Before there is a circuit, neither the viewer's time zone is known nor is there anybody to wait for Sync.
        if (!RendererInfo.IsInteractive || User is null) return;
        var now = clock.GetUtcNow();
        (_earliest, _today) = (HistoryDay.Earliest(Clock, now, sync.Value.HistoryTtl), HistoryDay.Today(Clock, now));
        _day = HistoryDay.TryRead(Day, Clock.Zone, out var asked) && asked.Date >= _earliest.Date && asked.Date <= _today.Date ? asked : _today;
        _filter = HistoryFilter.Read(Result, Text, IsSupervisor ? Agent : null);
        Show();
        if (_read != _day) await ReadAsync();
    }

    protected override ValueTask OnGoneAsync()
    {
        _reading?.Cancel();
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads the day. Whatever is being read meanwhile is given up.</summary>
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
            if (_reading != reading) return;
            (_records, _readAt, _problem) = (records, clock.GetUtcNow(), null);
            _agents = [.. records.Select(record => record.Agent).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
            Show();
            announcer.Say(_shown.Count == 1 ? L["1 payment."] : L["{0} payments.", _shown.Count]);
        }
        catch (OperationCanceledException) when (reading.IsCancellationRequested)
        {
            // Another day is wanted by now, or nobody looks any more.
        }
        catch (Exception failure) when (SyncProblem.IsOfTheWorld(failure))
        {
            if (_reading == reading) _problem = SyncProblem.InWords(failure);
        }
        finally
        {
            if (_reading == reading) _reading = null;
        }
    }

    private void Show() => _shown = _filter.Of(_records ?? []);

    /// <summary>The choice lives in the address, so that a reload, a second tab and a colleague see the same.</summary>
    private void Change(HistoryChoice choice) => navigation.NavigateTo(
        navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["day"] = choice.Day == _today ? null : choice.Day.Name,
            ["result"] = choice.Filter.Result is { } kind ? ResultKinds.NameOf(kind) : null,
            ["text"] = choice.Filter.Text,
            ["agent"] = choice.Filter.Agent,
        }),
        replace: choice.Day == _day);
}
