using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.CardData;

/// <summary>
/// Creates the context of each request with its path, query and headers masked. No later place would do: the host logs the address of a
/// request before any middleware runs. The raw target is not masked, because Twilio signs it. Only the signature check reads it.
/// </summary>
internal sealed class MaskingHttpContextFactory(IServiceProvider services, CardDataGuard guard) : IHttpContextFactory
{
    // Headers that are not masked: credentials, signatures, trace ids, lengths, proxy addresses and browser versions.
    private static readonly HashSet<string> Unmasked = new(StringComparer.OrdinalIgnoreCase)
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
        // The host logs the path unchanged. Control characters would forge log lines, and no path of AgentPay contains them.
        if (!OneLine.Is(request.Path)) request.Path = OneLine.Of(request.Path, request.Path.Length);
        var path = CardNumbers.Mask(request.Path);
        if (!ReferenceEquals(path, request.Path)) request.Path = guard.Mask(path, "path", "a part", request.Path);
        var query = guard.MaskQuery(path, request.QueryString);
        if (!ReferenceEquals(query, request.QueryString))
        {
            request.QueryString = query;
            features.Set(new MaskedQuery());
        }
        MaskHeaders(request, path);
    }

    private void MaskHeaders(IHttpRequestFeature request, string path)
    {
        List<(string Name, StringValues Value)> changed = [];
        foreach (var (name, value) in request.Headers)
        {
            if (Unmasked.Contains(name)) continue;
            var masked = MaskHeader(path, name, value);
            if (masked != value) changed.Add((name, masked));
        }
        foreach (var (name, value) in changed) request.Headers[name] = value;
    }

    private StringValues MaskHeader(string path, string name, StringValues values)
    {
        if (!name.Equals("Referer", StringComparison.OrdinalIgnoreCase)) return guard.Mask(path, "header", name, values);
        var url = values.ToString();
        return url.IndexOf('?') is var query and >= 0 ? url[..query] + guard.MaskQuery(path, url[query..], "referer") : values;
    }
}

/// <summary>Request feature that is set if the query contained a card number.</summary>
internal sealed record MaskedQuery;
