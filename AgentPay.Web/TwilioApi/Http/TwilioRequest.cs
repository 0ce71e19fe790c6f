using System.Net.Http.Headers;
using SdkHttpMethod = Twilio.Http.HttpMethod;
using SdkRequest = Twilio.Http.Request;

namespace AgentPay.Web.TwilioApi;

/// <summary>A request that the SDK has built, without its host.</summary>
internal sealed record TwilioRequest
{
    private static readonly HashSet<string> NamedCollections = ["Documents", "Maps", "Items", "Permissions"];

    private readonly string _path;

    private TwilioRequest(HttpMethod method, Uri url)
    {
        Method = method;
        Product = url.Host.StartsWith("sync.", StringComparison.Ordinal) ? TwilioProduct.Sync : TwilioProduct.Voice;
        _path = url.AbsolutePath;
        Target = url.PathAndQuery;
    }

    public HttpMethod Method { get; }

    public TwilioProduct Product { get; }

    /// <summary>Path and query, escaped.</summary>
    public string Target { get; init; }

    /// <summary>The path for logs and messages. Names, keys and identities may be personal data: each is replaced with a star.</summary>
    public string Route => WithValues((collection, value, _) => NamedCollections.Contains(collection) ? "*" : value);

    /// <summary>The path with a number in braces for each value, for example <c>{0}</c>: the same for all requests of a kind.</summary>
    public string Template =>
        WithValues((_, value, number) => value.EndsWith(".json", StringComparison.Ordinal) ? $"{{{number}}}.json" : $"{{{number}}}");

    public IReadOnlyList<KeyValuePair<string, string>>? Form { get; private init; }

    /// <summary>Replaces the credentials of the product; null keeps them.</summary>
    public AuthenticationHeaderValue? Credentials { get; init; }

    /// <summary>The expected revision, as received from Sync; null for a write without a condition.</summary>
    public string? IfMatch { get; private init; }

    /// <summary>Whether the request can safely be sent twice: GET, DELETE, or a POST with an idempotency key.</summary>
    public bool IsRepeatable { get; private init; }

    /// <summary>False when the caller itself repeats the request after a 429.</summary>
    public bool IsRetriedWhenThrottled { get; init; } = true;

    public static TwilioRequest Of(SdkRequest request)
    {
        var isPost = request.Method.Equals(SdkHttpMethod.Post);
        return new(new(request.Method.ToString()), request.ConstructUrl())
        {
            Form = isPost ? request.PostParams : null,
            IfMatch = request.HeaderParams?.Find(header => header.Key == "If-Match").Value,
            IsRepeatable = !isPost || request.PostParams.Exists(field => field.Key == "IdempotencyKey"),
        };
    }

    // Replaces the values in a path /version/collection/value/collection/value.
    private string WithValues(Func<string, string, int, string> rewrite)
    {
        var parts = _path.Split('/');
        for (var i = 3; i < parts.Length; i += 2) parts[i] = rewrite(parts[i - 1], parts[i], (i - 3) / 2);
        return string.Join('/', parts);
    }
}
