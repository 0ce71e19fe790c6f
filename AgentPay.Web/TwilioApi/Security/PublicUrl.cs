namespace AgentPay.Web.TwilioApi;

/// <summary>Builds the URL that Twilio requested. The host comes from the configured base, never from the request.</summary>
public static class PublicUrl
{
    /// <param name="publicBaseUrl">Absolute, without a path.</param>
    /// <param name="rawTarget"><c>IHttpRequestFeature.RawTarget</c>: path and query, escaped as they were sent.</param>
    public static string Of(string publicBaseUrl, string rawTarget)
    {
        var (scheme, authority, _) = Split(publicBaseUrl);
        // A client may send an absolute URL as its target. Its scheme and host are not trusted.
        return scheme + authority + (rawTarget.StartsWith('/') ? rawTarget : Split(rawTarget).Target);
    }

    // The URL is not normalised, because the signature covers its exact characters.
    internal static (string Scheme, string Authority, string Target) Split(string url)
    {
        const string separator = "://";
        var start = url.IndexOf(separator, StringComparison.Ordinal) is var at and >= 0 ? at + separator.Length : 0;
        var length = url.AsSpan(start).IndexOfAny('/', '?', '#');
        var end = length < 0 ? url.Length : start + length;
        return (url[..start], url[start..end], url[end..]);
    }
}
