using System.Net.Http.Headers;

namespace AgentPay.Web.TwilioApi;

/// <summary>A request to one of Twilio's APIs.</summary>
internal sealed record TwilioRequest
{
    /// <param name="path">From <c>/v1</c> or <c>/2010-04-01</c> on; each value in it is escaped and stays within its segment.</param>
    /// <exception cref="ArgumentException">A value cannot be addressed in a path.</exception>
    public TwilioRequest(HttpMethod method, TwilioProduct product, FormattableString path, FormFields? query = null)
    {
        Method = method;
        Product = product;
        IsRepeatable = method != HttpMethod.Post;
        Template = path.Format;
        Target = string.Format(null, path.Format, Array.ConvertAll(path.GetArguments(), Segment));
        if (query is { All.Count: > 0 }) Target += $"?{query}";
        Route = string.Format(null, path.Format, Array.ConvertAll(path.GetArguments(), value => value is string ? "*" : value));
    }

    public HttpMethod Method { get; }

    public TwilioProduct Product { get; }

    /// <summary>Path and query, escaped.</summary>
    public string Target { get; init; }

    /// <summary>The path for logs and messages: SIDs as they are, and a star for names, keys and identities, which may be personal.</summary>
    public string Route { get; }

    /// <summary>The path with a number in braces for each value: the same for all requests of a kind.</summary>
    public string Template { get; }

    public FormFields? Form { get; init; }

    /// <summary>Others than those that belong to the product; null for those.</summary>
    public AuthenticationHeaderValue? Credentials { get; init; }

    /// <summary>A revision, as Sync gave it.</summary>
    public string? IfMatch { get; init; }

    /// <summary>Sending it twice does what sending it once does, so it may be sent again when nobody knows what became of it. Not so for a POST, unless said.</summary>
    public bool IsRepeatable { get; init; }

    private static string Segment(object? value) => Uri.EscapeDataString(PathSegment.Require(value?.ToString()));
}
