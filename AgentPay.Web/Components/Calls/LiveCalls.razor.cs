using AgentPay.Web.Calls;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using Microsoft.AspNetCore.Components;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Components.Calls;

public sealed partial class LiveCalls(LiveFeed<string, CallList> feed, TimeProvider time, NavigationManager navigation, Announcer announcer)
{
    /// <summary>Rows at a time. They differ in height and can be searched by the browser: a list that grows serves better than one that is virtual.</summary>
    private const int Page = 50;

    /// <summary>After this long without an answer, somebody wants to know why.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan NewFor = TimeSpan.FromMinutes(1);

    private CallList? _list;
    private IReadOnlyList<Call> _live = [];
    private IReadOnlyList<Call> _found = [];
    private Call? _open;
    private CallSearch _search = new();
    private HashSet<CallSid> _known = [];
    private int _most = Page;
    private bool _isLate;
    private ITimer? _patience;
    private ITimer? _seconds;

    [CascadingParameter]
    public CurrentUser? User { get; set; }

    /// <summary>What the address asks for.</summary>
    [Parameter, EditorRequired]
    public ScreenPop Pop { get; set; } = new();

    /// <summary>What the payment of a call that is opened from the list begins with.</summary>
    [Parameter]
    public PaymentDraft? Draft { get; set; }

    /// <summary>The agent is with a customer: new calls are shown, and not spoken into the payment.</summary>
    [Parameter]
    public bool IsBusy { get; set; }

    private TimeProvider Time => time;

    protected override void OnParametersSet() => Sort();

    protected override void OnLive()
    {
        Watch(feed, CallDirectory.ListKey, Show);
        _patience = time.CreateTimer(_ => _ = InvokeAsync(BeLate), null, Patience, Timeout.InfiniteTimeSpan);
        // One clock for all rows: each with its own would be a message to the browser for every row and second.
        _seconds = time.CreateTimer(_ => _ = InvokeAsync(Tick), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    protected override ValueTask OnGoneAsync()
    {
        _patience?.Dispose();
        _seconds?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Show(CallList list)
    {
        var isFirst = _list is null;
        _list = list;
        Sort();
        if (!isFirst && !IsBusy) Announce([.. _live.Where(IsNews)]);
        _known = [.. list.All.Select(call => call.PstnSid)];
    }

    /// <summary>A customer has just called, and nobody has them yet. What another instance has known for long is no news.</summary>
    private bool IsNews(Call call) =>
        call is { Direction: CallDirection.Inbound, ClaimedBy: null } && !_known.Contains(call.PstnSid) && !(time.GetUtcNow() - call.At > NewFor);

    private void Announce(IReadOnlyList<Call> calls)
    {
        if (calls.Count == 1) announcer.Say(L["New call from {0}", calls[0].SpokenName(L)]);
        else if (calls.Count > 1) announcer.Say(L["{0} new calls", calls.Count]);
    }

    /// <summary>Live calls, newest first; one that is open stays after its end.</summary>
    private void Sort()
    {
        if (_list is null || User is null) return;
        _live = [.. _list.Live];
        _open = _list.All.FirstOrDefault(Pop.IsOf);
        _found = [.. _list.All.Where(call => call == _open || (!call.HasEnded && _search.Finds(call, User)))];
    }

    private void SearchFor(CallSearch search)
    {
        (_search, _most) = (search, Page);
        Sort();
    }

    /// <summary>An agent opens what is theirs, and a supervisor anything; what is nobody's yet is claimed instead.</summary>
    private string? AddressOf(Call call) => User!.IsSupervisor || call.HolderFor(User) == Holder.Viewer || call == _open ? ScreenPop.AddressOf(call, Draft) : null;

    private void Open(Call call) => navigation.NavigateTo(ScreenPop.AddressOf(call, Draft));

    private void Take(FeedHealth health)
    {
        if (_list is not null || health.IsLive) return;
        _isLate = true;
        StateHasChanged();
    }

    private void BeLate()
    {
        if (_list is not null) return;
        _isLate = true;
        StateHasChanged();
    }

    private void Tick()
    {
        if (_live.Count > 0) StateHasChanged();
    }
}
