using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Calls;

/// <summary>
/// Finds a call for the console: first in Sync, then, if a SID is given, at Twilio. Twilio also knows calls for which AgentPay received
/// no webhook, and can be asked while Sync is down.
/// </summary>
public sealed class CallFinder(CallDirectory directory, PstnLeg legs, CallsClient twilio)
{
    /// <param name="leg">Any leg of the call; null searches by <paramref name="uui"/>.</param>
    public async Task<CallFinding> FindAsync(CallSid? leg, string? uui, CancellationToken cancellation)
    {
        try
        {
            var own = leg is { } known
                ? await directory.FindAsync(known, cancellation)
                : await directory.FindAsync(uui ?? "", cancellation);
            if (own is not null) return new CallFinding.Found(own, IsOutside: false);
        }
        catch (ServiceUnavailableException)
        {
            if (leg is null) return new CallFinding.Unavailable();
        }
        return leg is { } sid ? await AskTwilioAsync(sid, cancellation) : new CallFinding.NotYet();
    }

    /// <summary>Reads the current state of a call from Twilio. Returns the given call when Twilio does not answer.</summary>
    public async Task<Call> RefreshAsync(Call call, CancellationToken cancellation)
    {
        try
        {
            return WithState(call, await twilio.FetchAsync(call.PstnSid, cancellation));
        }
        catch (TwilioException)
        {
            return call;
        }
    }

    private async Task<CallFinding> AskTwilioAsync(CallSid sid, CancellationToken cancellation) =>
        await legs.FindAsync(sid, cancellation) switch
        {
            PstnLegOutcome.Found(var leg, var uui) => await OutsideAsync(sid, leg, uui, CallStatus.InProgress, cancellation),
            PstnLegOutcome.NotInProgress(var leg, var status) when status.HasEnded() =>
                await OutsideAsync(sid, leg, null, status, cancellation),
            PstnLegOutcome.NotInProgress => new CallFinding.NotYet(),
            PstnLegOutcome.NotFound => new CallFinding.NoSuchCall(),
            _ => new CallFinding.Unavailable(),
        };

    private async Task<CallFinding> OutsideAsync(CallSid asked, CallSid leg, string? uui, CallStatus status, CancellationToken cancellation)
    {
        var call = new Call { Uui = uui ?? leg.ToString(), PstnSid = leg, SipSid = asked == leg ? null : asked, Status = status };
        return new CallFinding.Found(await RefreshAsync(call, cancellation), IsOutside: true);
    }

    private static Call WithState(Call call, CallLeg leg) => call.Advance(leg.Status) with
    {
        From = Readable(leg.From),
        To = Readable(leg.To),
        Direction = leg.Direction == "inbound" ? CallDirection.Inbound : CallDirection.Outbound,
        At = leg.StartTime ?? leg.DateCreated,
    };

    // A SIP caller can send any text as its address.
    private static string? Readable(string? address) => address is null ? null : OneLine.Of(address);
}
