using AgentPay.Web.PaymentTypes;
using Twilio.Rest.Api.V2010.Account.Call;
using static AgentPay.Web.TwilioApi.PathSegment;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// The running recording of a call: twilio.com/docs/voice/api/recording#update-a-recording-resource. It belongs to the leg that dialled.
/// Every method throws <see cref="TwilioException"/> when Twilio refuses or does not answer; 404 means that no recording is running.
/// </summary>
public sealed class RecordingsClient
{
    private const string Current = "Twilio.CURRENT";

    private readonly TwilioTransport _api;

    internal RecordingsClient(TwilioTransport api) => _api = api;

    /// <summary>The recording is silent from now on, and keeps its length.</summary>
    public Task PauseAsync(CallSid call, CancellationToken cancellation = default) => UpdateAsync(
        call, RecordingResource.StatusEnum.Paused, options => options.PauseBehavior = "silence", cancellation);

    public Task ResumeAsync(CallSid call, CancellationToken cancellation = default) =>
        UpdateAsync(call, RecordingResource.StatusEnum.InProgress, _ => { }, cancellation);

    private Task UpdateAsync(
        CallSid call, RecordingResource.StatusEnum status, Action<UpdateRecordingOptions> configure, CancellationToken cancellation)
    {
        var options = new UpdateRecordingOptions(Escape(call.ToString()), Current, status);
        configure(options);
        return _api.SendAsync(client => RecordingResource.UpdateAsync(options, client), cancellation);
    }
}
