using AgentPay.Web.Calls;
using AgentPay.Web.Components.Live;
using AgentPay.Web.ScreenPops;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Components.Calls;

public sealed partial class LiveCalls(
    LiveFeed<string, CallList> feed, TimeProvider time, NavigationManager navigation, Announcer announcer, IJSRuntime js)
{
    /// <summary>An older call is not announced as new: another instance may have announced it already.</summary>
    private static readonly TimeSpan NewFor = TimeSpan.FromMinutes(1);

    private CallList? _list;
    private IReadOnlyList<Call> _live = [];
    private IReadOnlyList<Call> _found = [];
    private CallSearch _search = new();
    private HashSet<CallSid> _known = [];

    /// <summary>The call and the payment that the address names.</summary>
    [Parameter, EditorRequired] public ScreenPop Pop { get; set; } = new();

    /// <summary>Initial values of the payment form of a call that is opened from the list.</summary>
    [Parameter] public PaymentDraft? Draft { get; set; }

    /// <summary>The agent is on a call or has a payment open: new calls are shown but not announced.</summary>
    [Parameter] public bool IsBusy { get; set; }

    private (CallFilter Filter, string Word, int Count)[] Filters =>
        [.. new[] { (CallFilter.All, L["All"].Value), (CallFilter.Mine, L["Mine"].Value), (CallFilter.Unclaimed, L["Unclaimed"].Value) }
            .Select(filter => (filter.Item1, filter.Item2, _live.Count(call => CallSearch.Matches(filter.Item1, call, User!))))];

    protected override void OnParametersSet() => Select();

    protected override void OnLive() => Watch(feed, CallDirectory.ListKey, Show);

    private void Show(CallList list)
    {
        var isFirst = _list is null;
        _list = list;
        Select();
        if (!isFirst && !IsBusy) Announce([.. _live.Where(IsNew)]);
        _known = [.. list.All.Select(call => call.PstnSid)];
    }

    private bool IsNew(Call call) => call is { Direction: CallDirection.Inbound, ClaimedBy: null }
        && !_known.Contains(call.PstnSid) && !(time.GetUtcNow() - call.At > NewFor);

    private void Announce(IReadOnlyList<Call> calls)
    {
        if (calls.Count == 0) return;
        announcer.Say(calls.Count == 1 ? L["New call from {0}", calls[0].SpokenName(L)] : L["{0} new calls", calls.Count]);
        // The browser plays or shows only what the person has switched on. The notification does not contain the caller's number.
        _ = OnCircuitAsync(() => js.InvokeVoidAsync(
            "agentpay.alertCall", Gone, calls.Count == 1 ? L["New call"].Value : L["{0} new calls", calls.Count].Value).AsTask());
    }

    /// <summary>Selects the live calls that match the search, newest first. The open call is always listed, also after its end.</summary>
    private void Select()
    {
        if (_list is null || User is null) return;
        _live = [.. _list.Live];
        var open = _list.All.FirstOrDefault(Pop.IsOf);
        _found = [.. _list.All.Where(call => call == open || (!call.HasEnded && _search.Matches(call, User)))];
    }

    private void SearchFor(CallSearch search)
    {
        _search = search;
        Select();
    }

    private void Open(Call call) => navigation.NavigateTo(ScreenPop.AddressOf(call, Draft));
}
