namespace AgentPay.Web.TwilioApi;

/// <summary>The URL that Twilio requested, built from the configured base, never from the host that the request names.</summary>
public static class PublicUrl
{
    /// <param name="publicBaseUrl">Absolute, with or without a path and a trailing slash.</param>
    /// <param name="rawTarget"><c>IHttpRequestFeature.RawTarget</c>: path and query, escaped as they came over the wire.</param>
    /// <remarks>Adds the path of the base if a proxy has removed it.</remarks>
    public static string Of(string publicBaseUrl, string rawTarget)
    {
        var (scheme, authority, path) = Split(publicBaseUrl.TrimEnd('/'));
        // A client may send an absolute URL as its target; its scheme and host are not trusted.
        var target = rawTarget.StartsWith('/') ? rawTarget : Split(rawTarget).Target;
        var hasPath = target.StartsWith(path, StringComparison.Ordinal) && (target.Length == path.Length || target[path.Length] is '/' or '?');
        return scheme + authority + (hasPath ? "" : path) + target;
    }

    /// <summary>Cuts a URL before its host and after its port, character for character: signatures do not survive normalisation.</summary>
    internal static (string Scheme, string Authority, string Target) Split(string url)
    {
        const string separator = "://";
        var start = url.IndexOf(separator, StringComparison.Ordinal) is var at and >= 0 ? at + separator.Length : 0;
        var length = url.AsSpan(start).IndexOfAny('/', '?', '#');
        var end = length < 0 ? url.Length : start + length;
        return (url[..start], url[start..end], url[end..]);
    }
}
