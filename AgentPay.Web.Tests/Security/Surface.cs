using System.Text;
using AgentPay.Web.Identity;
using AgentPay.Web.RateLimiting;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.Tests.Security;

/// <summary>Lists AgentPay's endpoints and builds a request for each.</summary>
internal static class Surface
{
    /// <summary>All but the sandbox's.</summary>
    public static IReadOnlyList<RouteEndpoint> Endpoints(AgentPayApp app) =>
        [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => !RouteOf(e).StartsWith("/sandbox", StringComparison.Ordinal))];

    public static IReadOnlyList<string> Webhooks(AgentPayApp app) => [.. Endpoints(app).Where(IsWebhook).Select(RouteOf)];

    public static IReadOnlyList<string> Api(AgentPayApp app) => [.. Endpoints(app).Where(IsApi).Select(RouteOf)];

    public static bool IsWebhook(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<TwilioSignatureAttribute>() is not null;

    public static bool IsApi(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == RateLimits.Api;

    public static string RouteOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    public static string Sign(string url, IReadOnlyDictionary<string, string> form) =>
        RequestSignature.Sign(url, form.Select(f => KeyValuePair.Create(f.Key, new StringValues(f.Value))), SandboxApp.AuthToken);

    /// <summary>Posts a form as Twilio does.</summary>
    /// <param name="signedUrl">Other than the one that it goes to.</param>
    public static Task<HttpResponseMessage> PostSignedAsync(this AgentPayApp app, string target, IReadOnlyDictionary<string, string> form,
        string? signedUrl = null)
    {
        var url = app.Url.AbsoluteUri.TrimEnd('/') + target;
        return app.PostAsync(target, new FormUrlEncodedContent(form), Sign(signedUrl ?? url, form));
    }

    public static Task<HttpResponseMessage> PostAsync(this AgentPayApp app, string target, HttpContent? body, string? signature) =>
        app.SendRawAsync(HttpMethod.Post, target, body, ("X-Twilio-Signature", signature));

    /// <summary>Sends the target letter by letter as it is given.</summary>
    public static Task<HttpResponseMessage> SendRawAsync(this AgentPayApp app, HttpMethod method, string target, HttpContent? body = null,
        params (string Name, string? Value)[] headers)
    {
        var uri = new Uri(app.Url.GetLeftPart(UriPartial.Authority) + target,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(method, uri) { Content = body };
        foreach (var (name, value) in headers.Where(h => h.Value is not null)) request.Headers.TryAddWithoutValidation(name, value);
        return app.Http.SendAsync(request);
    }

    public static StringContent Form(string text) => new(text, Encoding.ASCII, "application/x-www-form-urlencoded");
}
