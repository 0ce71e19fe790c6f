using Microsoft.Extensions.Options;

namespace AgentPay.Web.Hosting;

/// <summary>
/// Behind a proxy that ends https, requests arrive by http. The public base URL decides that browsers use https, not a header that any
/// client can send. Cookies are then Secure and links right without a trusted proxy.
/// </summary>
internal static class PublicScheme
{
    // In Live mode only: in the sandbox, this machine also sends requests to itself over http.
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
