namespace AgentPay.Web.Identity;

/// <summary>The connection from this server to Entra ID: endpoints, keys, codes for tokens.</summary>
internal sealed class EntraBackchannel : IDisposable
{
    public HttpClient Http { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 1 << 20,
    };

    public void Dispose() => Http.Dispose();
}
