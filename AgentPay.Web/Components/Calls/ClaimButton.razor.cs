using AgentPay.Web.Calls;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Components.Calls;

public sealed partial class ClaimButton(CallDirectory directory, Announcer announcer, IJSRuntime js)
{
    private readonly string _id = "claim-" + Guid.NewGuid().ToString("N")[..8];
    private bool _asks;
    private bool _isBusy;
    private string? _problem;
    private string? _focus;

    [Parameter, EditorRequired]
    public Call Call { get; set; } = default!;

    [Parameter, EditorRequired]
    public CurrentUser User { get; set; } = default!;

    /// <summary>The call is the viewer's.</summary>
    [Parameter]
    public EventCallback<Call> OnClaimed { get; set; }

    /// <summary>What to say when a call could not be claimed; null when it was.</summary>
    internal static string? ProblemOf(ClaimOutcome outcome, IStringLocalizer<Words> words) => outcome switch
    {
        ClaimOutcome.Claimed => null,
        ClaimOutcome.HeldByAnother(var agent) => words["{0} has claimed this call already.", agent].Value,
        ClaimOutcome.NoSuchCall => words["This call has ended."].Value,
        _ => words["Nobody has claimed the call: AgentPay's memory, Twilio Sync, does not answer. Try again in a moment."].Value,
    };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } target) return;
        _focus = null;
        await js.InvokeVoidAsync("agentpay.focus", "#" + target);
    }

    // The call may have become free, or somebody's, while the question stood.
    protected override void OnParametersSet() => _asks &= Call.HolderFor(User) == Holder.Another;

    private void Ask() => (_asks, _problem, _focus) = (true, null, _id + "-safe");

    private void LeaveIt() => (_asks, _focus) = (false, _id);

    private void Press(KeyboardEventArgs pressed)
    {
        if (pressed.Key == "Escape" && !_isBusy) LeaveIt();
    }

    private async Task ClaimAsync(bool takeOver)
    {
        (_isBusy, _problem) = (true, null);
        var outcome = await directory.ClaimAsync(Call.Uui, User, takeOver, CancellationToken.None);
        (_isBusy, _asks) = (false, false);
        _problem = ProblemOf(outcome, L);
        if (_problem is not null) announcer.Say(_problem);
        if (outcome is ClaimOutcome.Claimed(var call)) await OnClaimed.InvokeAsync(call);
    }
}
