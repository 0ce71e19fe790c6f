using AgentPay.Web.TwilioApi;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AgentPay.Web.Sync;

/// <summary>How soon a write must be made when Sync is short of breath.</summary>
public enum SyncUrgency
{
    /// <summary>The last state of something: nothing else goes first.</summary>
    Final,
    Normal,
}

/// <summary>One try of a write.</summary>
/// <param name="MayBeDone">An earlier try was sent without a clear answer, so it may have taken effect.</param>
public readonly record struct SyncTry(bool MayBeDone, CancellationToken Cancellation);

/// <summary>
/// Makes writes that may safely be made again, until Sync takes them: jittered waits after 429, 5xx and transport faults,
/// <c>Retry-After</c> kept to, and a bounded number at once, final states first. <see cref="TwilioException"/> is what is left in the end.
/// </summary>
/// <remarks>
/// Below, <see cref="SyncClient"/> has its own few tries after a 429. All tries of both together end with <see cref="Patience"/>,
/// which is less than Twilio waits for the answer to a webhook.
/// </remarks>
public sealed class SyncWriter
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    /// <summary>Sync takes 20 writes a second of one object; more than this at once only queues there instead of here.</summary>
    private const int AtOnce = 32;

    private const int KeptForFinal = 8;

    private readonly PriorityGate _gate = new(AtOnce, KeptForFinal);
    private readonly ResiliencePipeline _pipeline;

    public SyncWriter(TimeProvider clock) => _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddTimeout(Patience)
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.FromMilliseconds(250),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            MaxDelay = TimeSpan.FromSeconds(4),
            ShouldHandle = new PredicateBuilder().Handle<TwilioException>(failure => (failure.IsRateLimited || failure.IsUnavailable) && !(failure.RetryAfter > Patience)),
            DelayGenerator = retry => ValueTask.FromResult((retry.Outcome.Exception as TwilioException)?.RetryAfter),
        })
        .Build();

    /// <param name="write">Leaves the same behind however often it is made.</param>
    public async Task<T> RunAsync<T>(SyncUrgency urgency, Func<SyncTry, Task<T>> write, CancellationToken cancellation)
    {
        var mayBeDone = false;
        try
        {
            return await _pipeline.ExecuteAsync(TryAsync, cancellation);
        }
        catch (TimeoutRejectedException late)
        {
            throw new TwilioException($"Sync did not take a write within {Patience.TotalSeconds} s", late) { IsAmbiguous = true };
        }

        async ValueTask<T> TryAsync(CancellationToken token)
        {
            using var turn = await _gate.EnterAsync((int)urgency, token);
            try
            {
                return await write(new(mayBeDone, token));
            }
            catch (TwilioException failure)
            {
                mayBeDone |= failure.IsAmbiguous;
                throw;
            }
        }
    }
}
