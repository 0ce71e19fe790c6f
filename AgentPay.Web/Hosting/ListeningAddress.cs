using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AgentPay.Web.Hosting;

/// <summary>The URL at which this process can call itself.</summary>
public static class ListeningAddress
{
    /// <summary>
    /// The first http address, a wildcard host replaced by localhost, without a trailing slash. Known once the server listens; before that
    /// it throws.
    /// </summary>
    public static Uri OwnAddress(this IServer server)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var address = addresses.FirstOrDefault(a => a.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            ?? addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The server does not listen yet, so its own address is not known.");
        var binding = BindingAddress.Parse(address);
        var host = binding.Host is "*" or "+" or "[::]" or "0.0.0.0" ? "localhost" : binding.Host;
        return new Uri($"{binding.Scheme}://{host}:{binding.Port}");
    }

    /// <summary>Makes a URL absolute. A URL that starts with a slash is on this server.</summary>
    public static Uri Resolve(this IServer server, string url) =>
        url.StartsWith('/') ? new Uri(server.OwnAddress(), url) : new Uri(url, UriKind.Absolute);
}
