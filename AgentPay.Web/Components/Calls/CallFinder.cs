using AgentPay.Web.Calls;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Components.Calls;

/// <summary>Finds the call that an address names: among AgentPay's own, and by SID at Twilio too, which needs no Sync and knows calls that came another way.</summary>
public sealed class CallFinder(CallDirectory directory, PstnLeg legs, CallsClient twilio)
{
    public async Task<CallFinding> FindAsync(ScreenPop pop, CancellationToken cancellation)
    {
        try
        {
            var own = pop.Sid is { } leg ? await directory.FindAsync(leg, cancellation) : await directory.FindAsync(pop.Uui ?? "", cancellation);
            if (own is not null) return new CallFinding.Found(own, IsOutside: false);
        }
        catch (Exception down) when (down is TwilioException or SyncNotReadyException)
        {
            if (pop.Sid is null) return new CallFinding.Unavailable();
        }
        return pop.Sid is { } sid ? await AskTwilioAsync(sid, cancellation) : new CallFinding.NotYet();
    }

    /// <summary>A call of which only Twilio knows, as it is now; as it was when Twilio cannot be asked.</summary>
    public async Task<Call> RefreshAsync(Call call, CancellationToken cancellation)
    {
        try
        {
            return Told(call, await twilio.FetchAsync(call.PstnSid, cancellation));
        }
        catch (TwilioException)
        {
            return call;
        }
    }

    private async Task<CallFinding> AskTwilioAsync(CallSid sid, CancellationToken cancellation) => await legs.FindAsync(sid, cancellation) switch
    {
        PstnLegOutcome.Found(var leg, var uui) => await OutsideAsync(sid, leg, uui, CallStatus.InProgress, cancellation),
        PstnLegOutcome.NotInProgress(var leg, var status) when status.HasEnded() => await OutsideAsync(sid, leg, null, status, cancellation),
        PstnLegOutcome.NotInProgress => new CallFinding.NotYet(),
        PstnLegOutcome.NotFound => new CallFinding.NoSuchCall(),
        _ => new CallFinding.Unavailable(),
    };

    private async Task<CallFinding> OutsideAsync(CallSid asked, CallSid leg, string? uui, CallStatus status, CancellationToken cancellation)
    {
        var call = new Call { Uui = uui ?? leg.ToString(), PstnSid = leg, SipSid = asked == leg ? null : asked, Status = status };
        return new CallFinding.Found(await RefreshAsync(call, cancellation), IsOutside: true);
    }

    private static Call Told(Call call, CallLeg leg) => call.Advance(leg.Status) with
    {
        From = Readable(leg.From),
        To = Readable(leg.To),
        Direction = leg.Direction == "inbound" ? CallDirection.Inbound : CallDirection.Outbound,
        At = leg.StartTime ?? leg.DateCreated,
    };

    /// <summary>A caller over SIP chooses what they call from.</summary>
    private static string? Readable(string? address) => address is null ? null : OneLine.Of(address);
}
