using System.Net;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using static AgentPay.Web.Payments.RecordingStepKind;

namespace AgentPay.Web.Payments;

/// <summary>Pauses and resumes the recording of a payment's call at Twilio. Both requests can be repeated.</summary>
public sealed class CallRecorder(RecordingsClient recordings, CallsClient calls, TimeProvider clock, ILogger<CallRecorder> log)
{
    /// <summary>Pauses the recording. Does not throw: a failure is returned as a step.</summary>
    public async Task<RecordingStep> PauseAsync(PaymentSession session)
    {
        try
        {
            return Step(await TryUpdateAsync(session.Call, call => recordings.PauseAsync(call)) ? Paused : NotRecorded);
        }
        catch (TwilioException failure)
        {
            log.RecordingNotChanged(session.Id, "paused", failure.Code, failure.RequestId);
            return Step(NotPaused, failure);
        }
    }

    /// <summary>Resumes the recording. A refusal by Twilio is returned as a step.</summary>
    /// <exception cref="TwilioException">Twilio's answer is missing or unclear. Resume the recording again.</exception>
    public async Task<RecordingStep> ResumeAsync(PaymentSession session)
    {
        try
        {
            return Step(await TryUpdateAsync(session.Call, call => recordings.ResumeAsync(call)) ? Resumed : Ended);
        }
        catch (TwilioException refused) when (PaymentRequests.IsRefusal(refused))
        {
            log.RecordingNotChanged(session.Id, "resumed", refused.Code, refused.RequestId);
            return Step(NotResumed, refused);
        }
    }

    /// <summary>
    /// Updates the recording of the customer's leg, or else of its parent leg. Twilio attaches a recording to the leg that dialled. On
    /// calls from the PBX that is the parent.
    /// </summary>
    /// <returns>False when no recording is running.</returns>
    private async Task<bool> TryUpdateAsync(CallSid customer, Func<CallSid, Task> update)
    {
        if (await IsFoundAsync(update(customer))) return true;
        var leg = await calls.FetchAsync(customer);
        return leg.ParentCallSid is { } parent && await IsFoundAsync(update(parent));
    }

    private static async Task<bool> IsFoundAsync(Task update)
    {
        try
        {
            await update;
            return true;
        }
        catch (TwilioException missing) when (missing.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private RecordingStep Step(RecordingStepKind kind, TwilioException? failure = null) =>
        new(kind, clock.GetUtcNow(), failure?.Code ?? (int?)failure?.Status);
}
