namespace AgentPay.Web.TwilioApi;

/// <summary>The URL that Twilio requested, built from the configured base, never from the host that the request names.</summary>
public static class PublicUrl
{
    /// <param name="publicBaseUrl">Absolute, without a path.</param>
    /// <param name="rawTarget"><c>IHttpRequestFeature.RawTarget</c>: path and query, escaped as they came over the wire.</param>
    public static string Of(string publicBaseUrl, string rawTarget)
    {
        var (scheme, authority, _) = Split(publicBaseUrl);
        // A client may send a whole URL as its target: of that, host and scheme are only its own claim.
        return scheme + authority + (rawTarget.StartsWith('/') ? rawTarget : Split(rawTarget).Target);
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
