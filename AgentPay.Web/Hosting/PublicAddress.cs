using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Hosting;

/// <summary>Where Twilio reaches this AgentPay: the base of every callback URL, and of the URLs that webhooks are signed over.</summary>
public sealed class PublicAddress(IOptions<AgentPayOptions> options, IServer server)
{
    /// <summary>
    /// Absolute, without a trailing slash. In the sandbox it may be the server's own address, which is known only once it listens.
    /// </summary>
    public string BaseUrl => options.Value.PublicBaseUrl ?? server.OwnAddress().AbsoluteUri.TrimEnd('/');
}
