using AgentPay.Web.Calls;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Handover;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.ScreenPops;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.Components;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Components.Calls;

/// <summary>
/// Finds the call of an address, waits for it if it may still come, and follows it, also after its end. An unclaimed call is claimed for
/// the agent who opens it, as their CRM opened it for their customer. Supervisors press Claim, as they may only want to look.
/// </summary>
public sealed partial class OpenCall(
    CallFinder finder, CallDirectory directory, CallHandover handover, LiveFeed<string, CallList> feed, TimeProvider time,
    Announcer announcer)
{
    /// <summary>Interval of retries of lookups and claims.</summary>
    internal static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private Call? _call;
    private Call? _reported;
    private CallFinding? _finding;
    private DateTimeOffset _openedAt;
    private long _version;
    private bool _isOutside;
    private bool _isLookingUp;
    private bool _isClaiming;
    private bool _wasClaimed;
    private string? _problem;
    private ClaimOutcome? _claim;
    private PaymentSession? _payment;
    private ITimer? _retry;

    /// <summary>Names the call. It must not change: another call needs another component.</summary>
    [Parameter, EditorRequired] public ScreenPop Pop { get; set; } = default!;

    /// <summary>The call has been found, or has changed.</summary>
    [Parameter] public EventCallback<Call> OnCall { get; set; }

    /// <inheritdoc cref="PaymentPanel.OnPayment"/>
    [Parameter] public EventCallback<PaymentSession?> OnPayment { get; set; }

    private string Title =>
        (_payment is { } payment ? AmountHeading.SignOf(payment, L).Word + " · " : "") + (_call?.Name(L) ?? L["Payments"]);

    /// <summary>Shows a known call at once. It is claimed when the circuit has started: a link preview may fetch the page too.</summary>
    protected override void OnInitialized()
    {
        var list = directory.Snapshot;
        (_call, _version, _openedAt) = (Find(list), list.Version, time.GetUtcNow());
        _wasClaimed = _call?.ClaimedBy is not null;
    }

    protected override void OnLive()
    {
        Follow(feed, CallDirectory.ListKey, ShowFrom);
        _retry = time.CreateTimer(_ => _ = OnCircuitAsync(RetryAsync), null, RetryInterval, RetryInterval);
        _ = OnCircuitAsync(LookUpAsync);
    }

    protected override ValueTask OnGoneAsync() => _retry?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Shows what the list says about the call.</summary>
    /// <returns>Whether the call has changed.</returns>
    private bool ShowFrom(CallList list)
    {
        // The list published last may be older than the one this component started with.
        if (list.Version < _version) return false;
        var before = (_call, _isOutside);
        if (Find(list) is { } found)
        {
            // Sync is back, or the webhook was late: now the call can be claimed.
            if (_isOutside) (_isOutside, _claim) = (false, null);
            Show(found);
        }
        else if (_call is { HasEnded: false } open && list.All.Any(call => call.Uui == open.Uui && call.At > open.At))
        {
            // The PBX uses the UUI for another leg, and no webhook will report the end of this one.
            Show(open.Advance(CallStatus.Completed));
        }
        return (_call, _isOutside) != before;
    }

    private Call? Find(CallList? list) => list?.All.Where(Pop.IsOf).MinBy(call => call.HasEnded);

    private void Show(Call call)
    {
        var before = _call;
        _call = call;
        _wasClaimed = call.ClaimedBy is not null || (_wasClaimed && call.PstnSid == before?.PstnSid);
        if (call != before)
        {
            _problem = null;
            Announce(before, call);
        }
        if (call != _reported)
        {
            _reported = call;
            _ = OnCall.InvokeAsync(call);
        }
        if (MayClaim && (_claim is null || call != before)) _ = OnCircuitAsync(ClaimAsync);
    }

    private Task ShowPaymentAsync(PaymentSession? payment)
    {
        (_payment, _problem) = (payment, null);
        return OnPayment.InvokeAsync(payment);
    }

    private void Announce(Call? before, Call call)
    {
        if (before is null && _finding is not null) announcer.Say(L["The call is here: {0}", call.SpokenName(L)]);
        // During a payment the panel warns.
        if (before is { HasEnded: false } && call.HasEnded && _payment is null or { IsOver: true }) announcer.Say(L["The call has ended."]);
        if (User is not null && before?.HolderFor(User) == Holder.Viewer && call.HolderFor(User) == Holder.Other)
            announcer.Say(L["{0} has this call now.", call.HolderName()]);
        var isHandedOver = call.HandedOverBy is not null && before?.ClaimNumber < call.ClaimNumber;
        if (User is not null && isHandedOver && call.HolderFor(User) == Holder.Viewer)
            announcer.Say(L[
                call.IsTakenByTransfer ? "{0} transferred this call to you." : "{0} handed this call to you.", call.GiverName()]);
        var isTransferred = before is not null && before.Transfer?.State != call.Transfer?.State;
        if (User is not null && isTransferred && call.HolderFor(User) == Holder.Viewer && call.TransferNotice(L) is var (_, title, text))
            announcer.Say($"{title}. {text}");
    }
}
