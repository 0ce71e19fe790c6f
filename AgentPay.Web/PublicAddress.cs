using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;

namespace AgentPay.Web;

/// <summary>The URL at which Twilio reaches this server: the base of callback URLs, and of the URLs that Twilio signs.</summary>
public sealed class PublicAddress(IOptions<AgentPayOptions> options, IServer server)
{
    /// <summary>An absolute URL without a trailing slash. If none is configured, the server must listen already.</summary>
    public string BaseUrl => options.Value.PublicBaseUrl is { } configured && !string.IsNullOrWhiteSpace(configured)
        ? configured.Trim().TrimEnd('/')
        : server.OwnAddress().AbsoluteUri.TrimEnd('/');
}
