using AgentPay.Web.Calls;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using Microsoft.AspNetCore.Components;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Components.Payments;

/// <summary>The payment panel of one call; give it a key by call. It finds the call's latest payment by itself, so a reload or a second tab shows the same.</summary>
public sealed partial class PaymentPanel(
    PaymentDesk desk, PaymentProfiles profiles, LiveFeed<PaymentId, PaymentSession> feed, Announcer announcer, TimeProvider clock, ILogger<PaymentPanel> log)
{
    /// <summary>How often to look for a payment that another tab, agent or front end has begun on this call, while none is followed.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private PaymentMoments _moments = default!;
    private readonly List<PaymentSession> _earlier = [];
    private PaymentFormValues _form = new();
    private PanelKeys? _keys;
    private PaymentSession? _session;
    private PaymentWish? _wish;
    private DeskAnswer.Refused? _refused;
    private DeskAnswer.Refused? _unseen;
    private FeedHealth? _health;
    private DateTimeOffset? _checkedAt;
    private string? _silent;
    private string? _me;
    private string? _focus;
    private bool _isLooked;
    private bool _awaitsOutcome;
    private IDisposable? _watch;
    private ITimer? _timer;
    private (PaymentId, PaymentPhase)? _told;

    // Outlives the source of Gone: a timer or a command may come back after the panel has been disposed of.
    private CancellationToken _gone;

    [Parameter, EditorRequired]
    public Call Call { get; set; } = default!;

    [Parameter]
    public PaymentDraft Draft { get; set; } = new();

    /// <summary>The payment has begun, entered another phase, or left the panel (null).</summary>
    [Parameter]
    public EventCallback<PaymentSession?> OnPayment { get; set; }

    [CascadingParameter]
    public CurrentUser? User { get; set; }

    private PaymentScreen Screen => new(_session, _wish, _session is null || _session.Agent == _me, _health is { IsLive: false }, Obstacle, IsSilent);

    private bool IsSilent => _silent is not null && _session is { Phase: PaymentPhase.Capturing } && _session.PendingKey == _silent;

    private string? Obstacle => Call switch
    {
        { HasEnded: true } => L["The call has ended: a payment can only be started on a live call."].Value,
        { Status: CallStatus.Queued or CallStatus.Ringing } => L["The call is not answered yet. A payment can be started as soon as it is."].Value,
        _ => null,
    };

    /// <summary>Another agent's payment is for supervisors alone, even when it was this agent's before.</summary>
    private bool IsAnothers => _session is null ? _unseen == DeskAnswer.NotYours : _session.Agent != _me && User is not { IsSupervisor: true };

    /// <summary>Why there is nothing to see; null when there is.</summary>
    private (string Title, string Text)? Unseen =>
        User is { IsAgent: false } ? (L["Your role does not take payments."], L["Ask whoever gives out roles in your organisation."])
        : IsAnothers ? (L["Another agent is taking a payment on this call."], L["You can start one when it is finished. A supervisor can take it over."])
        : _session is null && _unseen is not null ? (L["The payment on this call cannot be looked up."], L[_unseen.Words])
        : null;

    protected override void OnInitialized() => (_form, _moments) = (PaymentFormValues.Of(Draft, profiles), new(L));

    protected override void OnParametersSet() => _me = User?.PrincipalName ?? _me;

    protected override void OnLive()
    {
        _gone = Gone;
        _timer = clock.CreateTimer(_ => _ = InvokeAsync(() => IsFree ? RunAsync(LookAsync) : Task.CompletedTask), null, LookInterval, LookInterval);
        _ = RunAsync(BeginAsync);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } selector || _keys is null) return;
        _focus = null;
        await _keys.FocusAsync(selector);
    }

    protected override async ValueTask OnGoneAsync()
    {
        if (_timer is not null) await _timer.DisposeAsync();
    }
}
