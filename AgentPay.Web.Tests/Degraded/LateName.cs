using System.Net;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>
/// A host name that nobody knows, until <see cref="Resolve"/>. Names under <c>.invalid</c> never resolve (RFC 6761); later, requests to
/// this one are led to
/// a server on this machine, as by the proxy of a company's network.
/// </summary>
internal sealed class LateName : IWebProxy, IDisposable
{
    private readonly IWebProxy _others = HttpClient.DefaultProxy;
    private readonly string _host;
    private volatile Uri? _server;

    public LateName(string host)
    {
        _host = host;
        HttpClient.DefaultProxy = this;
    }

    public ICredentials? Credentials { get; set; }

    public void Resolve(Uri server) => _server = server;

    public Uri? GetProxy(Uri destination) => destination.Host == _host ? _server ?? destination : _others.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.Host == _host ? _server is null : _others.IsBypassed(host);

    public void Dispose() => HttpClient.DefaultProxy = _others;
}
