using Microsoft.Extensions.Options;

namespace AgentPay.Web;

/// <summary>
/// Sets the scheme of requests to https if the public base URL is https. Behind a proxy that terminates https, requests arrive over http.
/// The scheme decides whether cookies are Secure. It is not taken from headers, which anybody can send.
/// </summary>
internal static class PublicScheme
{
    // In Live mode only: in the sandbox, this machine also sends requests to itself over http.
    public static void UsePublicScheme(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<AgentPayOptions>>().Value;
        if (options.Mode != AgentPayMode.Live) return;
        if (!options.PublicBaseUrl!.Trim().StartsWith("https:", StringComparison.OrdinalIgnoreCase)) return;
        app.Use((context, next) =>
        {
            context.Request.Scheme = Uri.UriSchemeHttps;
            return next(context);
        });
    }
}
