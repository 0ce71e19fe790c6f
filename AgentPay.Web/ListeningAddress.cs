using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AgentPay.Web;

/// <summary>The URL at which this process can call itself.</summary>
public static class ListeningAddress
{
    /// <summary>Returns the first http address, or else the first address. A wildcard host becomes localhost.</summary>
    /// <exception cref="InvalidOperationException">The server does not listen yet.</exception>
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
