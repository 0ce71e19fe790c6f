using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Calls;

/// <summary>
/// Finds the customer's leg of a call. Twilio also starts a payment on the agent's leg, but then receives no digits
/// (twilio.com/docs/voice/api/payment-resource).
/// </summary>
public sealed class PstnLeg(CallDirectory directory, CallsClient calls, TimeProvider clock, ILogger<PstnLeg> log)
{
    /// <param name="sid">Any leg of the call.</param>
    public async Task<PstnLegOutcome> FindAsync(CallSid sid, CancellationToken cancellation)
    {
        var call = await LookUpAsync(sid, cancellation);
        if (call?.Status == CallStatus.InProgress) return Found(call.PstnSid, call);
        if (call?.HasEnded == true) return new PstnLegOutcome.NotInProgress(call.PstnSid, call.Status);
        try
        {
            var leg = await TimeLimit.RunAsync(
                "Twilio", Timeouts.LegLookup, clock, limited => CustomerLegAsync(call?.PstnSid ?? sid, limited), cancellation);
            return leg switch
            {
                null => new PstnLegOutcome.NotFound(),
                { Status: CallStatus.InProgress } => Found(leg.Sid, call),
                _ => new PstnLegOutcome.NotInProgress(leg.Sid, leg.Status),
            };
        }
        catch (TwilioException unknown) when (unknown.IsNotFound)
        {
            return new PstnLegOutcome.NotFound();
        }
        catch (ServiceUnavailableException failure)
        {
            log.LegNotRead(sid, failure.Message);
            return new PstnLegOutcome.Unavailable();
        }
    }

    // Null also when Sync is not available; FindAsync then asks Twilio.
    private async Task<Call?> LookUpAsync(CallSid sid, CancellationToken cancellation)
    {
        try
        {
            return await TimeLimit.RunAsync(
                "Twilio Sync", Timeouts.LegLookup, clock, limited => directory.FindAsync(sid, limited), cancellation);
        }
        catch (ServiceUnavailableException)
        {
            return null;
        }
    }

    private async Task<CallLeg?> CustomerLegAsync(CallSid sid, CancellationToken cancellation)
    {
        var leg = await calls.FetchAsync(sid, cancellation);
        if (IsOnTelephone(leg)) return leg;
        if (leg.ParentCallSid is { } parent)
            return await calls.FetchAsync(parent, cancellation) is var caller && IsOnTelephone(caller) ? caller : null;
        var dialled = await calls.ListAsync(leg.Sid, cancellation: cancellation).Where(IsOnTelephone).ToListAsync(cancellation);
        return dialled.OrderByDescending(child => child.Status == CallStatus.InProgress).ThenByDescending(child => child.DateCreated)
            .FirstOrDefault();
    }

    // True for a caller to one of the account's numbers, also with a hidden number, and for a telephone that Twilio dialled.
    private static bool IsOnTelephone(CallLeg leg) =>
        PhoneNumber.IsTelephone(leg.To)
            && (leg.Direction != "inbound" || string.IsNullOrEmpty(leg.From) || PhoneNumber.IsTelephone(leg.From));

    private static PstnLegOutcome.Found Found(CallSid leg, Call? call) =>
        new(leg, call?.Uui) { ClaimedBy = call?.ClaimedBy, Customer = call?.Customer() };
}
