namespace AgentPay.Web.Identity;

/// <summary>
/// The connection from this server to Entra: endpoints, keys, codes for tokens. It follows no redirects and waits ten seconds at most.
/// </summary>
internal sealed class EntraBackchannel(IdentityMetrics metrics, ILogger<EntraBackchannel> log) : IDisposable
{
    public HttpClient Http { get; } = new(new Observer(metrics, log)
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

    /// <summary>Counts the requests, and logs those that Entra does not answer: the library retries some of them without a word.</summary>
    private sealed class Observer(IdentityMetrics metrics, ILogger<EntraBackchannel> log) : DelegatingHandler
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
