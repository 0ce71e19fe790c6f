using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AgentPay.Web.Analytics;

/// <summary>Sends batches to Segment's HTTP API. Retries after 429, 5xx, a timeout or a transport fault.</summary>
internal sealed class SegmentClient : IDisposable
{
    public const int Retries = 6;
    public static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(10);

    /// <summary>Limits the <c>Retry-After</c> of Segment's answer.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(5);

    // Connections are renewed, so that a change of Segment's DNS entry takes effect.
    private readonly HttpMessageInvoker _http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(15) });

    private readonly IOptions<SegmentOptions> _options;
    private readonly AnalyticsMeter _meter;
    private readonly TimeProvider _clock;
    private readonly ILogger<SegmentClient> _log;
    private readonly ResiliencePipeline<Answer> _pipeline;

    public SegmentClient(IOptions<SegmentOptions> options, AnalyticsMeter meter, TimeProvider clock, ILogger<SegmentClient> log)
    {
        (_options, _meter, _clock, _log) = (options, meter, clock, log);
        _pipeline = new ResiliencePipelineBuilder<Answer> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<Answer>
            {
                MaxRetryAttempts = Retries,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = LongestBackoff,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is HttpRequestException or TimeoutRejectedException
                    || attempt.Outcome.Result is { IsTransient: true }),
                DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result?.RetryAfter),
            })
            .AddTimeout(Timeouts.SegmentTry)
            .Build();
    }

    /// <summary>Sends the batch. If all attempts fail, the batch is dropped, counted and logged. Never throws.</summary>
    /// <param name="cancellation">Drops the batch at once.</param>
    public async Task SendAsync(SegmentBatch batch, CancellationToken cancellation)
    {
        try
        {
            var answer = await _pipeline.ExecuteAsync(async token => await TryAsync(batch, token), cancellation);
            if (answer.IsSuccess) _meter.Sent(batch.Count);
            else Drop(batch, $"status {(int)answer.Status}");
        }
        catch (Exception fault)
        {
            Drop(batch, ProblemOf(fault));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Answer> TryAsync(SegmentBatch batch, CancellationToken cancellation)
    {
        var options = _options.Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, options.BaseUrl + "/batch");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(options.WriteKey + ":")));
        request.Content = new ByteArrayContent(batch.ToJson(_clock.GetUtcNow()));
        request.Content.Headers.ContentType = new(MediaTypeNames.Application.Json);
        using var response = await _http.SendAsync(request, cancellation);
        return new(response.StatusCode, DelayOf(response.Headers.RetryAfter));
    }

    private TimeSpan? DelayOf(RetryConditionHeaderValue? header)
    {
        var delay = header?.Delta ?? header?.Date - _clock.GetUtcNow();
        return delay > LongestRetryAfter ? LongestRetryAfter : delay < TimeSpan.Zero ? TimeSpan.Zero : delay;
    }

    private static string ProblemOf(Exception fault) => fault switch
    {
        HttpRequestException transport => transport.HttpRequestError.ToString(),
        TimeoutRejectedException => "no answer",
        OperationCanceledException => "shutting down",
        _ => fault.GetType().Name,
    };

    private void Drop(SegmentBatch batch, string problem)
    {
        _meter.Dropped(batch.Count);
        _log.BatchDropped(batch.Count, problem);
    }

    private sealed record Answer(HttpStatusCode Status, TimeSpan? RetryAfter)
    {
        public bool IsSuccess => (int)Status is >= 200 and < 300;

        public bool IsTransient => Status == HttpStatusCode.TooManyRequests || (int)Status >= 500;
    }
}
