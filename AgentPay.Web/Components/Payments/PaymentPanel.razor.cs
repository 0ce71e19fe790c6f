using AgentPay.Web.Calls;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Handover;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.ScreenPops;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Components.Payments;

/// <summary>
/// The payment panel of one call; use the call as <c>@key</c>. It finds the latest payment of the call by itself, so a reload or a
/// second tab shows the same.
/// </summary>
public sealed partial class PaymentPanel(
    PaymentDesk desk, CallHandover handover, PaymentProfiles profiles, LiveFeed<PaymentId, PaymentSession> feed, Announcer announcer,
    IJSRuntime js, TimeProvider clock)
{
    /// <summary>How often to look for a payment that another tab, agent or front end has started on this call.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly List<HistoryRecord> _earlier = [];
    private TimelineEntries _timeline = default!;
    private PaymentFormValues _form = new();
    private PaymentBody? _body;
    private CallSid _openedCall;
    private int _claimNumber;
    private PaymentSession? _session;
    private PanelCommand? _running;
    private PaymentId? _restarts;
    private DeskAnswer.Refused? _refused;
    private DeskAnswer.Refused? _notVisible;
    private FeedHealth? _health;
    private DateTimeOffset? _checkedAt;
    private string? _slowRequest;
    private string? _me;
    private string? _focus;
    private bool _isLoaded;
    private bool _focusesOutcome;
    private IDisposable? _watch;
    private ITimer? _timer;
    private (PaymentId, PaymentPhase, string)? _reported;

    [Parameter, EditorRequired] public Call Call { get; set; } = default!;
    [Parameter] public PaymentDraft Draft { get; set; } = new();

    /// <summary>The call is not the viewer's: no payment can be started, and agents see the payment only if it is or was theirs.</summary>
    [Parameter] public bool IsViewOnly { get; set; }

    /// <summary>Called when a payment appears, enters another phase, changes hands, or leaves the panel (null).</summary>
    [Parameter] public EventCallback<PaymentSession?> OnPayment { get; set; }

    private PaymentScreen Screen => new(
        _session, Shown, _session is null || _session.Agent == _me, _health is { IsLive: false }, IsTwilioSlow, Call.HasEnded,
        Call.StartProblem(IsViewOnly, L))
    {
        MayTakeOverFrom = agent =>
            User is { IsSupervisor: true } || (!IsViewOnly && agent.Equals(Call.HandedOverBy, StringComparison.OrdinalIgnoreCase)),
    };

    private bool IsTwilioSlow => _session is { Phase: PaymentPhase.Capturing, PendingKey: { } key } && key == _slowRequest;

    /// <summary>False for an agent who looks at another agent's call and has no payment on it.</summary>
    private bool IsShown => !IsViewOnly || User is { IsSupervisor: true } || (_session is not null && Hidden is null);

    /// <summary>A sign-in that ends leaves the agent's own payment on the screen.</summary>
    private bool IsAnotherAgents => _session is null ? _notVisible == DeskAnswer.NotYours
        : _session.Agent != _me && (User is null || !_session.IsVisibleTo(User, Call.ClaimedBy));

    /// <summary>Why no payment is shown; null when it may be shown.</summary>
    private (string Title, string Text)? Hidden =>
        User is { IsAgent: false } ? (L["Your role does not take payments."], L["Ask your AgentPay administrator."])
        : IsAnotherAgents ? (L["Another agent is taking a payment on this call."],
            L["You can start one when it is finished. A supervisor can take it over."])
        : _session is null && _notVisible is not null ? (L["The payment on this call cannot be looked up."], L[_notVisible.Words])
        : null;

    protected override void OnInitialized() =>
        (_form, _timeline, _openedCall) = (PaymentFormValues.Of(Draft, profiles), new(L), Call.PstnSid);

    protected override void OnParametersSet()
    {
        _me = User?.PrincipalName ?? _me;
        // The call has changed hands, so its payment may be visible now.
        var hasMoved = _claimNumber != Call.ClaimNumber;
        _claimNumber = Call.ClaimNumber;
        if (_waiting is not null && Call.StartProblem(IsViewOnly, L) is not null) StopWaiting();
        if (hasMoved && _isLoaded && _running is null && _session is null or { IsOver: true }) _ = OnCircuitAsync(LookAsync);
    }

    protected override void OnLive()
    {
        Task LookIfUseful() => InvokeAsync(() => MayLook ? OnCircuitAsync(LookAsync) : Task.CompletedTask);
        _timer = clock.CreateTimer(_ => _ = LookIfUseful(), null, LookInterval, LookInterval);
        _ = OnCircuitAsync(LoadAsync);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } selector) return;
        _focus = null;
        await js.InvokeVoidAsync("agentpay.focus", Gone, selector, "#payment-panel");
    }

    /// <summary>
    /// Moves the focus to an element that the panel's present state shows. It is rendered at once: an earlier rendering whose
    /// acknowledgement is still on its way must not move the focus before the element exists.
    /// </summary>
    private void FocusAfterRender(string selector)
    {
        _focus = selector;
        StateHasChanged();
    }

    protected override ValueTask OnGoneAsync()
    {
        _timer?.Dispose();
        _retry?.Dispose();
        return ValueTask.CompletedTask;
    }
}
