using AgentPay.Web.TwilioApi;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AgentPay.Web.Sync;

/// <summary>The priority of a write while others wait, the first before all others.</summary>
public enum SyncUrgency
{
    /// <summary>The final state of a payment.</summary>
    Final,
    Normal,

    /// <summary>The start of a payment, or a call, which is answered before it is stored. Running payments do not wait for these.</summary>
    New,
}

/// <summary>One attempt of a write.</summary>
/// <param name="MayBeDone">True when an earlier attempt may have taken effect, because its answer was lost.</param>
/// <param name="Use">The use of the object's budget; null for a write without one.</param>
internal readonly record struct SyncTry(bool MayBeDone, SyncBudgetUse? Use, CancellationToken Cancellation);

/// <summary>
/// Runs idempotent writes, with retries after 429, 5xx and transport errors until <see cref="Timeouts.SyncWrite"/> has passed. Uses backoff
/// with jitter, or <c>Retry-After</c>. Writes of an object with a budget wait for it (<see cref="SyncBudget"/>). Limits the number of
/// concurrent writes and runs final states first. Throws the last failure as <see cref="TwilioException"/>.
/// </summary>
public sealed class SyncWriter
{
    // So many requests are enough for all objects together.
    private const int MaxConcurrent = 32;

    private const int ReservedForFinal = 8;

    private readonly PriorityGate _gate = new(MaxConcurrent, ReservedForFinal);
    private readonly SyncBudget _budget;
    private readonly ResiliencePipeline _pipeline;

    public SyncWriter(SyncBudget budget, TimeProvider clock) => (_budget, _pipeline) = (budget, Pipeline(clock));

    /// <param name="budget">The name of the object whose budget the write uses; null for none.</param>
    /// <param name="write">Must be idempotent.</param>
    internal async Task<T> RunAsync<T>(string? budget, SyncUrgency urgency, Func<SyncTry, Task<T>> write, CancellationToken cancellation)
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
            // The budget comes first: writes that wait for it must not hold the slots of other objects.
            using var use = budget is null ? null : await _budget.EnterAsync(budget, urgency, token);
            using var slot = await _gate.EnterAsync((int)urgency, token);
            try
            {
                return await write(new(mayBeDone, use, token));
            }
            catch (TwilioException failure)
            {
                if (failure.IsRateLimited) use?.Throttled();
                mayBeDone |= failure.IsAmbiguous;
                throw;
            }
        }
    }

    private static ResiliencePipeline Pipeline(TimeProvider clock) => new ResiliencePipelineBuilder { TimeProvider = clock }
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
}
