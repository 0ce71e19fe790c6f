using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.CardData;

/// <summary>
/// Makes the context of each request, with path, query and headers masked: the first moment there is, before the host writes the address
/// of a request to its log. The raw target is left alone, as Twilio signs over it; nothing else reads it.
/// </summary>
internal sealed class GuardedContexts(IServiceProvider services, CardDataGuard guard) : IHttpContextFactory
{
    /// <summary>Headers that stay as they are: credentials, signatures, traces, a length, addresses of proxies, and versions of a browser.</summary>
    private static readonly HashSet<string> Passed = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Cookie", "X-Twilio-Signature", "traceparent", "tracestate", "Request-Id", "Sec-WebSocket-Key", "Content-Length",
        "Forwarded", "X-Forwarded-For", "X-Real-IP", "Via", "User-Agent",
    };

    private readonly DefaultHttpContextFactory _contexts = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        var request = featureCollection.GetRequiredFeature<IHttpRequestFeature>();
        if (guard.Covers(request.Path)) Mask(request, featureCollection);
        return _contexts.Create(featureCollection);
    }

    public void Dispose(HttpContext httpContext) => _contexts.Dispose(httpContext);

    private void Mask(IHttpRequestFeature request, IFeatureCollection features)
    {
        // No address of ours has such signs, and the host writes them into its log as they are.
        if (!OneLine.Is(request.Path)) request.Path = OneLine.Of(request.Path, request.Path.Length);
        var path = CardNumbers.Mask(request.Path);
        if (!ReferenceEquals(path, request.Path)) request.Path = guard.Mask(path, "path", "a part", request.Path);
        var query = guard.MaskQuery(path, request.QueryString);
        if (!ReferenceEquals(query, request.QueryString))
        {
            request.QueryString = query;
            features.Set(new MaskedTarget());
        }
        MaskHeaders(request, path);
    }

    private void MaskHeaders(IHttpRequestFeature request, string path)
    {
        var masked = request.Headers.Where(header => !Passed.Contains(header.Key)).Select(header => (header.Key, header.Value, Masked: MaskHeader(path, header.Key, header.Value)));
        foreach (var (name, _, value) in masked.Where(header => header.Masked != header.Value).ToList()) request.Headers[name] = value;
    }

    private StringValues MaskHeader(string path, string name, StringValues values)
    {
        if (!name.Equals("Referer", StringComparison.OrdinalIgnoreCase)) return guard.Mask(path, "header", name, values);
        var url = values.ToString();
        return url.IndexOf('?') is var query and >= 0 ? url[..query] + guard.MaskQuery(path, url[query..], "referer") : values;
    }
}

/// <summary>Among the features of a request whose query held a card number.</summary>
internal sealed record MaskedTarget;
