using AgentPay.Web.TwilioApi;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AgentPay.Web.Sync;

/// <summary>The order of writes while Sync throttles.</summary>
public enum SyncUrgency
{
    /// <summary>A final state: it goes first.</summary>
    Final,
    Normal,
}

/// <summary>One try of a write.</summary>
/// <param name="MayBeDone">An earlier try was sent without a clear answer, so it may have taken effect.</param>
public readonly record struct SyncTry(bool MayBeDone, CancellationToken Cancellation);

/// <summary>
/// Runs writes that are safe to repeat, with retries after 429, 5xx and transport faults until <see cref="Timeouts.SyncWrite"/> has
/// passed. Waits are jittered and honour <c>Retry-After</c>. A limited number runs at once, final states first. The last failure is
/// thrown as <see cref="TwilioException"/>.
/// </summary>
public sealed class SyncWriter
{
    /// <summary>Sync takes 20 writes a second per object, so more at once would only queue at Sync.</summary>
    private const int AtOnce = 32;

    private const int KeptForFinal = 8;

    private readonly PriorityGate _gate = new(AtOnce, KeptForFinal);
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
            throw new TwilioException($"Sync did not take a write within {Timeouts.SyncWrite.TotalSeconds} s", late) { IsAmbiguous = true };
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
