using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.TwilioApi;

/// <summary>The two APIs that AgentPay calls.</summary>
internal enum TwilioProduct
{
    /// <summary>Calls and payments: the 2010 API, in the account's region.</summary>
    Voice,

    /// <summary>Sync v1, in us1 only.</summary>
    Sync,
}

/// <summary>The base address and the credentials of each API: twilio.com/docs/global-infrastructure.</summary>
internal sealed class TwilioHosts(IOptions<TwilioOptions> options, IServer server)
{
    public const string SyncUrl = "https://sync.twilio.com";

    private readonly TwilioOptions _options = options.Value;
    private readonly AuthenticationHeaderValue _sync = Basic(options.Value.SyncCredentials());

    public string AccountSid => _options.AccountSid!;

    /// <summary>Returns an absolute URL without a trailing slash.</summary>
    // Resolved for each request: a relative base is on this server, whose address is known only once it listens.
    public string BaseUrl(TwilioProduct product)
    {
        var url = product == TwilioProduct.Sync
            ? _options.SyncBaseUrl ?? SyncUrl
            : _options.ApiBaseUrl ?? VoiceUrl(_options.Region, _options.Edge);
        return server.Resolve(url).AbsoluteUri.TrimEnd('/');
    }

    public AuthenticationHeaderValue Credentials(TwilioProduct product) => (product, _options.ApiKeySid) switch
    {
        (TwilioProduct.Sync, _) => _sync,
        (_, null) => AccountCredentials,
        (_, { } key) => Basic(key, _options.ApiKeySecret!),
    };

    public static string VoiceUrl(string? region, string? edge)
    {
        if (region is null && edge is null) return "https://api.twilio.com";
        region ??= "us1";
        return $"https://api.{edge ?? DefaultEdge(region)}.{region}.twilio.com";
    }

    /// <summary>The edge of the region; null for an unknown region.</summary>
    // A host name without an edge (api.ie1.twilio.com) is not supported since 28 April 2026.
    public static string? DefaultEdge(string region) => region switch
    {
        "us1" => "ashburn",
        "ie1" => "dublin",
        "au1" => "sydney",
        _ => null,
    };

    /// <summary>Account SID and auth token, even if an API key is configured.</summary>
    public AuthenticationHeaderValue AccountCredentials => Basic(_options.AccountSid!, _options.AuthToken!);

    private static AuthenticationHeaderValue Basic(TwilioSyncOptions key) => Basic(key.ApiKeySid!, key.ApiKeySecret!);

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
