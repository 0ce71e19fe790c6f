using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AgentPay.Web.Analytics;

/// <summary>Sends batches to Segment's HTTP API: again after 429, 5xx and transport faults, then no more.</summary>
internal sealed class SegmentClient : IDisposable
{
    public const int Retries = 6;
    public static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(10);

    /// <summary>The most that is waited because Segment asks for it.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(5);

    // The addresses behind Segment's name change: a connection is not kept for ever.
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

    /// <summary>Ends when Segment has taken the batch, or when it is given up, counted and logged. Never fails.</summary>
    /// <param name="cancellation">Gives it up at once.</param>
    public async Task SendAsync(SegmentBatch batch, CancellationToken cancellation)
    {
        try
        {
            var answer = await _pipeline.ExecuteAsync(async token => await TryAsync(batch, token), cancellation);
            if (answer.IsSuccess) _meter.Sent(batch.Count);
            else GiveUp(batch, $"status {(int)answer.Status}");
        }
        catch (Exception fault)
        {
            GiveUp(batch, InWords(fault));
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
        return new(response.StatusCode, WaitOf(response.Headers.RetryAfter));
    }

    private TimeSpan? WaitOf(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? header?.Date - _clock.GetUtcNow();
        return wait > LongestRetryAfter ? LongestRetryAfter : wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string InWords(Exception fault) => fault switch
    {
        HttpRequestException transport => transport.HttpRequestError.ToString(),
        TimeoutRejectedException => "no answer",
        OperationCanceledException => "shutting down",
        _ => fault.GetType().Name,
    };

    private void GiveUp(SegmentBatch batch, string why)
    {
        _meter.Dropped(batch.Count);
        _log.BatchDropped(batch.Count, why);
    }

    private sealed record Answer(HttpStatusCode Status, TimeSpan? RetryAfter)
    {
        public bool IsSuccess => (int)Status is >= 200 and < 300;

        public bool IsTransient => Status == HttpStatusCode.TooManyRequests || (int)Status >= 500;
    }
}
