using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// Retries requests. A request is retried after a 429, unless its caller does that, and after a failure to connect, because Twilio has not
/// processed it. After a 5xx, a timeout or a broken connection it may have taken effect. Then only repeatable requests are retried.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    public const int Retries = 3;

    private static readonly HttpRequestOptionsKey<TwilioRequest> RequestKey = new("Twilio.Request");
    private static readonly HttpRequestOptionsKey<bool> AmbiguousKey = new("Twilio.Ambiguous");
    private static readonly ResiliencePropertyKey<HttpRequestMessage> MessageKey = new("Twilio.Message");

    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private readonly TimeProvider _clock;
    private readonly ILogger<RetryHandler> _log;

    public RetryHandler(TimeProvider clock, ILogger<RetryHandler> log)
    {
        _clock = clock;
        _log = log;
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = Retries,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                MaxDelay = Timeouts.TwilioRetryWait,
                ShouldHandle = attempt => ValueTask.FromResult(
                    MayRetry(attempt.Context.Properties.GetValue(MessageKey, null!), attempt.Outcome)),
                DelayGenerator = attempt => ValueTask.FromResult(RetryAfter(attempt.Outcome.Result)),
                OnRetry = LogRetry,
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = Timeouts.TwilioTry })
            .Build();
    }

    public static void Describe(HttpRequestMessage message, TwilioRequest request) => message.Options.Set(RequestKey, request);

    /// <summary>Whether an attempt of this request was sent and got no clear answer.</summary>
    public static bool IsAmbiguous(HttpRequestMessage message) =>
        message.Options.TryGetValue(AmbiguousKey, out var ambiguous) && ambiguous;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(MessageKey, message);
        try
        {
            return await _pipeline.ExecuteAsync((attempt, sent) => TryAsync(sent, attempt.CancellationToken), context, message);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // Makes one attempt and reads the whole body, so that the timeout also covers the body.
    private async ValueTask<HttpResponseMessage> TryAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(message, cancellation);
            await response.Content.LoadIntoBufferAsync(cancellation);
            if (IsServerError(response)) message.Options.Set(AmbiguousKey, true);
            return response;
        }
        catch (Exception fault)
        {
            response?.Dispose();
            if (!WasNeverSent(fault)) message.Options.Set(AmbiguousKey, true);
            throw;
        }
    }

    private bool MayRetry(HttpRequestMessage message, Outcome<HttpResponseMessage> outcome)
    {
        if (RetryAfter(outcome.Result) > Timeouts.TwilioRetryWait) return false;
        message.Options.TryGetValue(RequestKey, out var request);
        if (outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests) return request?.IsRetriedWhenThrottled != false;
        if (WasNeverSent(outcome.Exception)) return true;
        var isUnclear = IsServerError(outcome.Result) || (outcome.Exception is { } fault && TwilioError.IsTransportFault(fault));
        return isUnclear && request?.IsRepeatable == true;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage? response)
    {
        var header = response?.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - _clock.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private ValueTask LogRetry(OnRetryArguments<HttpResponseMessage> retry)
    {
        var message = retry.Context.Properties.GetValue(MessageKey, null!);
        message.Options.TryGetValue(RequestKey, out var request);
        var response = retry.Outcome.Result;
        var (route, status) = (request?.Route ?? "", (int?)response?.StatusCode);
        _log.Retrying(message.Method, route, status, retry.AttemptNumber + 1, retry.RetryDelay, response?.RequestId());
        response?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsServerError(HttpResponseMessage? response) => response?.StatusCode >= HttpStatusCode.InternalServerError;

    private static bool WasNeverSent(Exception? fault) => fault is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
    };
}
