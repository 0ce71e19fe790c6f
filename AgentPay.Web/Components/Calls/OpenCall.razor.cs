using AgentPay.Web.Calls;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using Microsoft.AspNetCore.Components;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Components.Calls;

/// <summary>
/// Finds the call of an address, waits for it where it may come yet, and follows it to its end and beyond. An agent's opening of a call that
/// is nobody's claims it: their CRM has popped it for them. A supervisor's does not, as supervisors look at calls of others; they press Claim.
/// </summary>
public sealed partial class OpenCall(CallFinder finder, CallDirectory directory, LiveFeed<string, CallList> feed, LiveFeed<string, FeedHealth> healths, TimeProvider time, Announcer announcer)
{
    /// <summary>Between two tries of what no feed brings.</summary>
    internal static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    private Call? _call;
    private CallFinding? _finding;
    private bool _isOutside;
    private bool _isLooking;
    private bool _isClaiming;
    private ClaimOutcome? _claim;
    private FeedHealth? _health;
    private PaymentSession? _payment;
    private ITimer? _again;

    [CascadingParameter]
    public CurrentUser? User { get; set; }

    /// <summary>Names a call, and always the same one: another call is another component.</summary>
    [Parameter, EditorRequired]
    public ScreenPop Pop { get; set; } = default!;

    /// <summary>The call has been found, or has changed.</summary>
    [Parameter]
    public EventCallback<Call> OnCall { get; set; }

    private string Title => string.Join(" · ", new[] { _payment is null ? null : PhaseWord(_payment.Phase), _call?.Name(L) ?? L["Payments"].Value, "AgentPay" }.OfType<string>());

    /// <summary>Its own agent's and supervisors' alone. Where the claim cannot be written down, the payment itself knows its agent.</summary>
    private bool SeesPayment => User!.IsSupervisor || _call!.HolderFor(User) switch
    {
        Holder.Viewer => true,
        Holder.Another => false,
        _ => !_call!.HasEnded && (_claim is ClaimOutcome.Unavailable || (_isOutside && _claim is not null)),
    };

    /// <summary>What is known already stands there from the first moment, so that the focus has where to go. Claiming waits for the circuit: a page may be fetched by anybody's preview.</summary>
    protected override void OnInitialized() => _call = Known(feed.Latest(CallDirectory.ListKey));

    protected override void OnLive()
    {
        Watch(healths, CallPolls.SourceName, health => _health = health);
        Watch(feed, CallDirectory.ListKey, Follow);
        _again = time.CreateTimer(_ => _ = RunAsync(TryAgainAsync), null, Again, Again);
        _ = RunAsync(LookAsync);
    }

    protected override ValueTask OnGoneAsync()
    {
        _again?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What the list says of the call: the first word of it, where it was waited for.</summary>
    private void Follow(CallList list)
    {
        if (Known(list) is { } known)
        {
            // Sync is back, or the webhook late: now it can be claimed.
            if (_isOutside) (_isOutside, _claim) = (false, null);
            Show(known);
        }
        else if (_call is { HasEnded: false } open && list.All.Any(call => call.Uui == open.Uui && call.At > open.At))
        {
            // The PBX uses the UUI for another leg, and nobody will tell of the end of this one.
            Show(open.Advance(CallStatus.Completed));
        }
    }

    private Call? Known(CallList? list) => list?.All.Where(Pop.IsOf).MinBy(call => call.HasEnded);

    private void Show(Call call)
    {
        if (call == _call && _claim is not null) return;
        var before = _call;
        _call = call;
        if (before is null && _finding is not null) announcer.Say(L["The call is here: {0}", call.SpokenName(L)]);
        // The panel warns when a payment is under way.
        if (before is { HasEnded: false } && call.HasEnded && _payment is null or { IsOver: true }) announcer.Say(L["The call has ended."]);
        if (User is not null && before?.HolderFor(User) == Holder.Viewer && call.HolderFor(User) == Holder.Another) announcer.Say(L["{0} has taken this call over.", call.ClaimedBy!]);
        _ = OnCall.InvokeAsync(call);
        if (_claim is null or ClaimOutcome.Unavailable) _ = RunAsync(ClaimAsync);
    }

    private async Task LookAsync()
    {
        if (_isLooking || _call is not null) return;
        _isLooking = true;
        var finding = await finder.FindAsync(Pop.Sid, Pop.Uui, Gone);
        _isLooking = false;
        // The list may have been quicker.
        if (_call is null && finding is CallFinding.Found(var call, var isOutside))
        {
            _isOutside = isOutside;
            Show(call);
        }
        _finding = finding;
    }

    private async Task ClaimAsync()
    {
        if (_isClaiming || User is not { IsSupervisor: false } || _call is not { HasEnded: false } call || call.HolderFor(User) != Holder.Nobody) return;
        _isClaiming = true;
        _claim = await directory.ClaimAsync(call.Uui, User, takeOver: false, Gone);
        _isClaiming = false;
        if (_claim is ClaimOutcome.Claimed(var claimed)) Show(claimed);
        if (_claim is ClaimOutcome.HeldByAnother(var agent)) Show(_call with { ClaimedBy = agent });
    }

    private async Task TryAgainAsync()
    {
        if (_call is null && (_finding is CallFinding.Unavailable || (_finding is CallFinding.NotYet && Pop.Sid is not null))) await LookAsync();
        else if (_claim is ClaimOutcome.Unavailable) await ClaimAsync();
        else if (_isOutside && _call is { HasEnded: false } call && await finder.RefreshAsync(call, Gone) is var told && _call == call) Show(told);
    }

    private void Take(PaymentSession? payment) => _payment = payment;

    private Task RunAsync(Func<Task> act) => InvokeAsync(async () =>
    {
        try
        {
            await act();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // Left, as may be.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    });

    private string PhaseWord(PaymentPhase phase) => phase switch
    {
        PaymentPhase.Starting or PaymentPhase.Capturing => L["Taking the payment"],
        PaymentPhase.Ready => L["Ready to pay"],
        PaymentPhase.Submitting => L["Processing"],
        PaymentPhase.Cancelling => L["Cancelling"],
        PaymentPhase.Succeeded => L["Paid"],
        PaymentPhase.Failed => L["Not paid"],
        PaymentPhase.Cancelled => L["Cancelled"],
        _ => L["Not confirmed"],
    };
}
