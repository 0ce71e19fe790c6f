using AgentPay.Web.Calls;

namespace AgentPay.Web.Components.Calls;

/// <summary>Looks the call up and claims it, again while Twilio is not responding.</summary>
public sealed partial class OpenCall
{
    /// <summary>False for agents while the call is not claimed. If Sync is not responding, the payment checks its agent.</summary>
    private bool SeesPayment => User!.IsSupervisor || _wasClaimed || _call!.ClaimedBy is not null
        || (!_call.HasEnded && (_claim is ClaimOutcome.Unavailable || (_isOutside && _claim is not null)));

    /// <summary>The call is another agent's or was released: its payment is only shown to whom it belonged, and to supervisors.</summary>
    private bool IsViewOnly => _call!.HolderFor(User!) switch
    {
        Holder.Viewer => false,
        Holder.Other => true,
        _ => _wasClaimed,
    };

    private bool MayClaim => !_isClaiming && User is { IsSupervisor: false } && _call is { HasEnded: false } call
        && (call.HolderFor(User) == Holder.None ? !_wasClaimed : IsTransferredHere);

    /// <summary>
    /// The call was transferred, and this page was opened for that transfer. A page that was open before belongs to a former agent.
    /// </summary>
    private bool IsTransferredHere =>
        _call is { IsOffered: true } call && call.HolderFor(User!) == Holder.Other && _openedAt >= call.Transfer!.At;

    private bool NeedsLookUp => _call is null
        && (_finding is CallFinding.Unavailable || (_finding is CallFinding.NotYet && Pop.Sid is not null));

    private async Task LookUpAsync()
    {
        if (_isLookingUp || _call is not null) return;
        _isLookingUp = true;
        var finding = await finder.FindAsync(Pop.Sid, Pop.Uui, Gone);
        _isLookingUp = false;
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
        if (!MayClaim || _call is not { } call) return;
        _isClaiming = true;
        _claim = IsTransferredHere
            ? (await handover.TakeOverAsync(User!, call, Gone)).Claim
            : await directory.ClaimAsync(call.Uui, User!, takeOver: false, Gone);
        _isClaiming = false;
        if (_claim is ClaimOutcome.Claimed(var claimed)) Show(claimed);
        if (_claim is ClaimOutcome.HeldByAnother(var held)) Show(held);
    }

    private async Task RetryAsync()
    {
        if (NeedsLookUp) await LookUpAsync();
        else if (_claim is ClaimOutcome.Unavailable) await ClaimAsync();
        else if (_isOutside && _call is { HasEnded: false } call)
        {
            var fresh = await finder.RefreshAsync(call, Gone);
            if (_call == call) Show(fresh);
        }
    }
}
