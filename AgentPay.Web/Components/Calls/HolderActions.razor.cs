using AgentPay.Web.Calls;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Handover;
using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Components.Calls;

public sealed partial class HolderActions(CallHandover handover, Colleagues colleagues, Announcer announcer, IJSRuntime js)
{
    private IReadOnlyList<Colleague>? _colleagues;
    private Colleague? _to;
    private string _listText = "";
    private bool _isHanding;
    private bool _isReleasing;

    [Parameter, EditorRequired] public Call Call { get; set; } = default!;
    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;

    /// <summary>The viewer has released the call or handed it over.</summary>
    [Parameter] public EventCallback<Call> OnChange { get; set; }

    /// <summary>Why the call was not released or handed over, a sentence; null when that no longer matters.</summary>
    [Parameter] public EventCallback<string?> OnProblem { get; set; }

    /// <summary>Reads who is there when the dialog opens.</summary>
    private async Task LoadAsync()
    {
        (_colleagues, _to, _listText) = (null, null, L["Looking for colleagues…"]);
        await OnProblem.InvokeAsync(null);
        try
        {
            _colleagues = await colleagues.ListAsync(User, CancellationToken.None);
            _listText = L["No other agent has the console open right now."];
        }
        catch (ServiceUnavailableException)
        {
            _listText = L["Twilio Sync is not responding. Close this and try again in a moment."];
        }
    }

    private void Choose(ChangeEventArgs change) =>
        _to = _colleagues?.FirstOrDefault(colleague => colleague.PrincipalName == change.Value as string);

    private async Task HandOverAsync()
    {
        if (_to is not { } colleague || _isReleasing) return;
        _isHanding = true;
        var result = await handover.HandOverAsync(User, Call, colleague, CancellationToken.None);
        _isHanding = false;
        await ShowAsync(result, result.IsHalf
            ? L["{0} has this call now, but not the payment yet: {0} can take it over, or you finish it.", colleague.Name]
            : L["{0} has this call now.", colleague.Name]);
    }

    private async Task ReleaseAsync()
    {
        _isReleasing = true;
        var result = await handover.ReleaseAsync(User, Call, CancellationToken.None);
        _isReleasing = false;
        await ShowAsync(result, L["You have released this call."]);
    }

    private async Task ShowAsync(HandoverResult result, string done)
    {
        var problem = result.Claim.Problem(L);
        announcer.Say(problem ?? done);
        await OnProblem.InvokeAsync(problem);
        var moved = result.Claim switch
        {
            ClaimOutcome.Released(var call) => call,
            ClaimOutcome.HandedOver(var call) => call,
            ClaimOutcome.HeldByAnother(var call) => call,
            _ => null,
        };
        if (moved is null) return;
        await OnChange.InvokeAsync(moved);
        await js.InvokeVoidAsync("agentpay.focus", "#call-title");
    }
}
