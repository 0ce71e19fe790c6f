using System.Net;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using static AgentPay.Web.Payments.RecordingStepKind;

namespace AgentPay.Web.Payments;

/// <summary>Pauses and resumes the recording of a payment's call at Twilio. Both can be repeated.</summary>
public sealed class CallRecorder(RecordingsClient recordings, CallsClient calls, TimeProvider clock, ILogger<CallRecorder> log)
{
    /// <summary>Never throws: a failure is a step too.</summary>
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

    /// <exception cref="TwilioException">Twilio did not answer, or not clearly: the recording has to be resumed again.</exception>
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

    /// <summary>A recording belongs to the leg that dialled. On calls from the PBX that is not the customer's.</summary>
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
