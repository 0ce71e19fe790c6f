using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

// The changes that the webhooks of a transfer make. Like CallChanges, they are idempotent, and none of them creates a call.
internal static class TransferChanges
{
    // The PBX requests a transfer. Twilio may send the request again.
    public static CallChange Requested(string to, bool isAllowed, DateTimeOffset at) => known =>
    {
        if (known is not { HasEnded: false }) return known;
        var state = isAllowed ? TransferState.Ringing : TransferState.Refused;
        var isRepeated = known.Transfer is { } earlier && earlier.To == to
            && (earlier.State == state || (isAllowed && earlier.State == TransferState.Answered));
        return isRepeated ? known : known with { Transfer = new(to, state, at, known.ClaimNumber) };
    };

    // A report about the leg of the target.
    public static CallChange OfTarget(LegReport leg) => known => known is { HasEnded: false, Transfer: { } transfer }
        ? known.With(transfer, leg)
        : known;

    // True when the leg of the agent who transfers the call ends. The call continues with the target.
    public static bool IsLeaving(this Call call, LegReport leg) =>
        call.Transfer is { State: TransferState.Ringing } transfer && transfer.Leg != leg.Leg && leg.Status.HasEnded();

    private static Call With(this Call call, CallTransfer transfer, LegReport leg)
    {
        var isTarget = transfer.State switch
        {
            TransferState.Ringing => call.SipSid != leg.Leg,
            // AgentPay dials the PBX again after a transfer that nobody answered.
            TransferState.NotAnswered => transfer.Leg != leg.Leg && !leg.Status.HasEnded(),
            _ => false,
        };
        if (!isTarget) return call.SipSid == leg.Leg && !call.IsLeaving(leg) ? call.WithEnd(leg.Status) : call;
        var reported = transfer with { Leg = leg.Leg };
        return leg.Status switch
        {
            CallStatus.InProgress or CallStatus.Completed => call.WithTarget(reported, leg.Leg).Advance(leg.Status),
            _ when leg.Status.HasEnded() => call with { Transfer = reported with { State = TransferState.NotAnswered } },
            _ => call with { Transfer = reported with { State = TransferState.Ringing } },
        };
    }

    private static Call WithTarget(this Call call, CallTransfer transfer, CallSid leg) => call with
    {
        SipSid = leg,
        Transfer = transfer with { State = TransferState.Answered },
    };

    private static Call WithEnd(this Call call, CallStatus status) => status.HasEnded() ? call.Advance(status) : call;
}
