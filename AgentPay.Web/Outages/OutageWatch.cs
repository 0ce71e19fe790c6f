using AgentPay.Web.Payments;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Outages;

/// <summary>Reports the outcomes of payments, of requests to Twilio and of requests to Sync to <see cref="OutageMonitor"/>.</summary>
internal sealed class OutageWatch(
    OutageMonitor monitor, PaymentStore payments, PaymentMetrics requests, SyncMetrics sync, PollMonitor polls) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        payments.Written += OnWritten;
        requests.Answered += OnTwilio;
        sync.Completed += OnSync;
        polls.Failed += OnPollFailed;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        payments.Written -= OnWritten;
        requests.Answered -= OnTwilio;
        sync.Completed -= OnSync;
        polls.Failed -= OnPollFailed;
        return Task.CompletedTask;
    }

    private void OnWritten(PaymentSession before, PaymentSession after)
    {
        if (after.Phase != before.Phase && GatewayAnswer.Of(after) is { } isWorking)
            monitor.Report(Dependency.Gateway, isWorking, after.Plan.Connector);
    }

    private void OnTwilio(bool isAnswered) => monitor.Report(Dependency.Twilio, isAnswered);

    private void OnSync(bool isWorking) => monitor.Report(Dependency.Sync, isWorking);

    // A poll that takes too long is cancelled, and its request does not complete.
    private void OnPollFailed() => monitor.Report(Dependency.Sync, isWorking: false);
}
