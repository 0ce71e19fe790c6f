using AgentPay.Web.TwilioApi;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AgentPay.Web.Sync;

/// <summary>The priority of a write while others wait.</summary>
public enum SyncUrgency
{
    /// <summary>The final state of a payment. Written before all others.</summary>
    Final,
    Normal,
}

/// <summary>One attempt of a write.</summary>
/// <param name="MayBeDone">True when an earlier attempt may have taken effect, because its answer was lost.</param>
public readonly record struct SyncTry(bool MayBeDone, CancellationToken Cancellation);

/// <summary>
/// Runs idempotent writes, with retries after 429, 5xx and transport errors until <see cref="Timeouts.SyncWrite"/> has passed. Uses backoff
/// with jitter, or <c>Retry-After</c>. Limits the number of concurrent writes and runs final states first. Throws the last failure as
/// <see cref="TwilioException"/>.
/// </summary>
public sealed class SyncWriter
{
    // Sync accepts 20 writes a second for each object, so more concurrent writes would not be faster.
    private const int MaxConcurrent = 32;

    private const int ReservedForFinal = 8;

    private readonly PriorityGate _gate = new(MaxConcurrent, ReservedForFinal);
    private readonly ResiliencePipeline _pipeline;

    public SyncWriter(TimeProvider clock) => _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddTimeout(Timeouts.SyncWrite)
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.FromMilliseconds(250),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            MaxDelay = TimeSpan.FromSeconds(4),
            ShouldHandle = new PredicateBuilder().Handle<TwilioException>(failure =>
                (failure.IsRateLimited || failure.IsUnavailable) && !(failure.RetryAfter > Timeouts.SyncWrite)),
            DelayGenerator = retry => ValueTask.FromResult((retry.Outcome.Exception as TwilioException)?.RetryAfter),
        })
        .Build();

    /// <param name="write">Must be idempotent.</param>
    public async Task<T> RunAsync<T>(SyncUrgency urgency, Func<SyncTry, Task<T>> write, CancellationToken cancellation)
    {
        var mayBeDone = false;
        try
        {
            return await _pipeline.ExecuteAsync(TryAsync, cancellation);
        }
        catch (TimeoutRejectedException late)
        {
            throw new TwilioException($"Sync did not accept a write within {Timeouts.SyncWrite.TotalSeconds} s", late)
            {
                IsAmbiguous = true,
            };
        }

        async ValueTask<T> TryAsync(CancellationToken token)
        {
            using var slot = await _gate.EnterAsync((int)urgency, token);
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
