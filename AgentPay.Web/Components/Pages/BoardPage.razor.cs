using AgentPay.Web.Board;
using AgentPay.Web.Calls;
using AgentPay.Web.Components.Board;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.HistoryExport;
using AgentPay.Web.ScreenPops;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.Components;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Components.Pages;

/// <summary>
/// Follows the board. While it is open, this instance reads the calls and the payments of all instances from Sync, once for all screens.
/// </summary>
public sealed partial class BoardPage(
    LiveFeed<string, BoardSnapshot> board, LiveFeed<string, CallList> calls, LiveFeed<string, FeedHealth> healths,
    HistoryCalendar calendar, NavigationManager navigation, Announcer announcer)
{
    private BoardSnapshot? _snapshot;
    private BoardTotals? _totals;
    private HistoryDay? _day;
    private bool _isDayFailing;
    private int _toSee;

    private string Summary
    {
        get
        {
            var rows = _snapshot!.Rows;
            var (live, paying) = (rows.Count(row => row.Call is { HasEnded: false }), rows.Count(row => row.Payment is { IsOver: false }));
            return string.Join(" · ",
                live == 1 ? L["1 live call"] : L["{0} live calls", live],
                paying == 1 ? L["1 payment in progress"] : L["{0} payments in progress", paying],
                _toSee == 1 ? L["1 needs attention"] : L["{0} need attention", _toSee]);
        }
    }

    protected override void OnLive()
    {
        Watch(healths, BoardDayPoller.SourceName, health => _isDayFailing = health.Problem is not null || !health.IsLive);
        // The board is built from the list of calls, which is read while someone follows it.
        Follow(calls, CallDirectory.ListKey, _ => false);
        Watch(board, BoardSnapshot.Key, Show);
    }

    private void Show(BoardSnapshot snapshot)
    {
        var before = _snapshot;
        _snapshot = snapshot;
        _toSee = snapshot.Rows.Count(row => row.Attention != Attention.None);
        Count(before);
        if (before is not null) Announce(before);
    }

    // Counts again when a payment has ended or a new day has begun.
    private void Count(BoardSnapshot? before)
    {
        var today = calendar.Today;
        if (_snapshot!.Results == before?.Results && today == _day) return;
        _day = today;
        _totals = _snapshot.Results is { } results ? BoardTotals.Of(results, today.From) : null;
    }

    private void Announce(BoardSnapshot before)
    {
        var known = before.Rows.Where(row => row.Attention != Attention.None).Select(row => (row.Key, row.Attention)).ToHashSet();
        var added = _snapshot!.Rows
            .Where(row => row.Attention != Attention.None && !known.Contains((row.Key, row.Attention))).ToList();
        if (added is [var row]) announcer.Say(L["Needs attention: {0}, {1}", row.Call?.SpokenName(L) ?? L["Call ended"], row.Reason(L)!]);
        else if (added.Count > 1) announcer.Say(L["{0} more need attention", added.Count]);
    }

    private void Open(Call call) => navigation.NavigateTo(ScreenPop.AddressOf(call, null));
}
