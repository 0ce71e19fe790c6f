namespace AgentPay.Web.Identity;

/// <summary>
/// The HTTP client for requests to Entra (discovery, signing keys, token endpoint). Follows no redirects. The timeout is ten seconds.
/// </summary>
internal sealed class EntraBackchannel(IdentityMetrics metrics, ILogger<EntraBackchannel> log) : IDisposable
{
    public HttpClient Http { get; } = new(new RequestObserver(metrics, log)
    {
        InnerHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        },
    })
    {
        Timeout = Timeouts.Entra,
        MaxResponseContentBufferSize = 1 << 20,
    };

    public void Dispose() => Http.Dispose();

    // Counts requests and logs failed ones. The library retries some requests without logging them.
    private sealed class RequestObserver(IdentityMetrics metrics, ILogger<EntraBackchannel> log) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                var answer = await base.SendAsync(request, cancellationToken);
                metrics.EntraRequest(answer.IsSuccessStatusCode ? "ok" : (int)answer.StatusCode < 500 ? "refused" : "failed");
                if ((int)answer.StatusCode >= 500) log.EntraFailed(request.RequestUri!.AbsolutePath, (int)answer.StatusCode);
                return answer;
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
            {
                metrics.EntraRequest("unreachable");
                log.EntraNotReached(request.RequestUri!.AbsolutePath, failure.GetType().Name);
                throw;
            }
        }
    }
}
