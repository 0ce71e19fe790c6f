using AgentPay.Web.Calls;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Handover;
using AgentPay.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Components.Calls;

public sealed partial class ClaimButton(CallDirectory directory, CallHandover handover, Announcer announcer, IJSRuntime js)
{
    private readonly string _id = "claim-" + Guid.NewGuid().ToString("N")[..8];
    private bool _asks;
    private bool _isBusy;
    private string? _problem;
    private string? _focus;

    [Parameter, EditorRequired] public Call Call { get; set; } = default!;
    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;

    /// <summary>The viewer has claimed the call.</summary>
    [Parameter] public EventCallback<Call> OnClaimed { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } target) return;
        _focus = null;
        await js.InvokeVoidAsync("agentpay.focus", "#" + target);
    }

    // The call's holder may change while the question is shown.
    protected override void OnParametersSet() => _asks &= Call.HolderFor(User) == Holder.Other;

    private void Ask() => (_asks, _problem, _focus) = (true, null, _id + "-safe");

    private void Close() => (_asks, _focus) = (false, _id);

    private void Press(KeyboardEventArgs pressed)
    {
        if (pressed.Key == "Escape" && !_isBusy) Close();
    }

    private async Task ClaimAsync(bool takeOver)
    {
        (_isBusy, _problem) = (true, null);
        var result = takeOver
            ? await handover.TakeOverAsync(User, Call, CancellationToken.None)
            : new(await directory.ClaimAsync(Call.Uui, User, takeOver: false, CancellationToken.None));
        (_isBusy, _asks) = (false, false);
        _problem = ProblemOf(result);
        if (_problem is not null) announcer.Say(_problem);
        if (result.Claim is not ClaimOutcome.Claimed(var call)) return;
        await OnClaimed.InvokeAsync(call);
        await js.InvokeVoidAsync("agentpay.focus", "#call-title");
    }

    private string? ProblemOf(HandoverResult result) => result switch
    {
        { Claim: ClaimOutcome.Unavailable } => L["The call could not be claimed. Try again in a moment."],
        { Claim: ClaimOutcome.Claimed, IsHalf: true } =>
            L["The call is yours, but its payment could not be taken over yet. Press Take over at the payment."],
        _ => result.Claim.Problem(L),
    };
}
