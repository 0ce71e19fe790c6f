using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Calls;

/// <summary>
/// Finds the customer's leg of a call: on the agent's leg a payment starts, and then never hears a key (twilio.com/docs/voice/api/payment-resource).
/// </summary>
public sealed class PstnLeg(CallDirectory directory, CallsClient calls, TimeProvider clock, ILogger<PstnLeg> log)
{
    /// <summary>How long the directory is waited for, and then Twilio: somebody waits for the answer.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <param name="sid">Any leg of the call.</param>
    public async Task<PstnLegOutcome> FindAsync(CallSid sid, CancellationToken cancellation)
    {
        var call = await LookUpAsync(sid, cancellation);
        if (call?.Status == CallStatus.InProgress) return new PstnLegOutcome.Found(call.PstnSid, call.Uui) { ClaimedBy = call.ClaimedBy };
        if (call?.HasEnded == true) return new PstnLegOutcome.NotInProgress(call.PstnSid, call.Status);
        try
        {
            var leg = await WithinAsync(async limited => await CustomerLegAsync(await calls.FetchAsync(call?.PstnSid ?? sid, limited), limited), cancellation);
            return leg switch
            {
                null => new PstnLegOutcome.NotFound(),
                { Status: CallStatus.InProgress } => new PstnLegOutcome.Found(leg.Sid, call?.Uui) { ClaimedBy = call?.ClaimedBy },
                _ => new PstnLegOutcome.NotInProgress(leg.Sid, leg.Status),
            };
        }
        catch (TwilioException unknown) when (unknown.IsNotFound)
        {
            return new PstnLegOutcome.NotFound();
        }
        catch (Exception failure) when (failure is TwilioException or TimeoutException)
        {
            log.NotAsked(sid, failure.Message);
            return new PstnLegOutcome.Unavailable();
        }
    }

    /// <summary>The directory is the quicker answer; when Sync is down, Twilio's own still holds.</summary>
    private async Task<Call?> LookUpAsync(CallSid sid, CancellationToken cancellation)
    {
        try
        {
            return await WithinAsync(limited => directory.FindAsync(sid, limited), cancellation);
        }
        catch (Exception failure) when (failure is TimeoutException || SyncProblem.IsUnavailable(failure))
        {
            return null;
        }
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await ask(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {Patience.TotalSeconds} s");
        }
    }

    private async Task<CallLeg?> CustomerLegAsync(CallLeg leg, CancellationToken cancellation)
    {
        if (IsOnTelephone(leg)) return leg;
        if (leg.ParentCallSid is { } parent) return await calls.FetchAsync(parent, cancellation) is var caller && IsOnTelephone(caller) ? caller : null;
        var dialled = await calls.ListAsync(leg.Sid, cancellation: cancellation).Where(IsOnTelephone).ToListAsync(cancellation);
        return dialled.OrderByDescending(child => child.Status == CallStatus.InProgress).ThenByDescending(child => child.DateCreated).FirstOrDefault();
    }

    /// <summary>Whether the far end of the leg is a telephone: who has called one of the account's numbers, perhaps hiding their own, or whom Twilio has called.</summary>
    private static bool IsOnTelephone(CallLeg leg) =>
        PhoneNumber.IsTelephone(leg.To) && (leg.Direction != "inbound" || string.IsNullOrEmpty(leg.From) || PhoneNumber.IsTelephone(leg.From));
}
