using Microsoft.Extensions.Options;

namespace AgentPay.Web;

/// <summary>
/// Behind a proxy that ends https, requests come by http. That browsers come by https is known from the public base URL, and not from headers
/// that anybody can send: so cookies are Secure and links are right, and no proxy need be trusted for that.
/// </summary>
internal static class PublicScheme
{
    /// <summary>For Live alone: the sandbox serves requests of this machine to itself as well.</summary>
    public static void UsePublicScheme(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<AgentPayOptions>>().Value;
        if (options.Mode != AgentPayMode.Live || !options.PublicBaseUrl!.StartsWith("https:", StringComparison.OrdinalIgnoreCase)) return;
        app.Use((context, next) =>
        {
            context.Request.Scheme = Uri.UriSchemeHttps;
            return next(context);
        });
    }
}
