using AgentPay.Web.Twilio;
using Polly;
using Polly.Retry;

namespace AgentPay.Web.Sync;

/// <summary>How soon a write must be made when Sync is short of breath.</summary>
public enum SyncUrgency
{
    /// <summary>The end of a payment: nothing else goes first.</summary>
    Final,
    Normal,
}

/// <summary>
/// Makes writes that may safely be made again, until Sync takes them: jittered waits after 429, 5xx and transport faults,
/// and a bounded number at once, final states first. <see cref="TwilioException"/> is what is left after the last try.
/// </summary>
public sealed class SyncWriter
{
    /// <summary>Sync takes 20 writes a second of one object; more than this at once only queues there instead of here.</summary>
    private const int AtOnce = 32;

    private readonly PriorityGate _gate = new(AtOnce);
    private readonly ResiliencePipeline _pipeline;

    public SyncWriter(TimeProvider clock) => _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 4,
            Delay = TimeSpan.FromMilliseconds(250),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            MaxDelay = TimeSpan.FromSeconds(4),
            ShouldHandle = new PredicateBuilder().Handle<TwilioException>(failure => failure.IsRateLimited || failure.IsUnavailable),
        })
        .Build();

    /// <param name="write">Leaves the same behind however often it is made.</param>
    public async Task<T> RunAsync<T>(SyncUrgency urgency, Func<Task<T>> write, CancellationToken cancellation) =>
        await _pipeline.ExecuteAsync(
            async token =>
            {
                using var turn = await _gate.EnterAsync((int)urgency, token);
                return await write();
            },
            cancellation);
}
