using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Support;

/// <summary>The sandbox alone, on a real Kestrel server on a free loopback port, with a manual clock unless told otherwise.</summary>
public sealed class SandboxApp : WebApplicationFactory<Program>
{
    public const string AccountSid = "AC00000000000000000000000000000000";
    public const string AuthToken = "sandbox-auth-token-0000000000000000";
    public const string ApiKeySid = "SK00000000000000000000000000000000";
    public const string ApiKeySecret = "sandbox-api-key-secret-0000000000";

    private readonly Dictionary<string, string?> _settings;
    private readonly bool _realTime;
    private readonly KeptLog? _log;

    /// <param name="settings">Configuration keys, such as <c>Sandbox:InboundUrl</c>.</param>
    /// <param name="realTime">Runs on the system's clock instead of <see cref="Clock"/>.</param>
    /// <param name="log">Gets everything that is logged, from the finest level on.</param>
    public SandboxApp(Dictionary<string, string?>? settings = null, bool realTime = false, KeptLog? log = null)
    {
        _settings = settings ?? [];
        _realTime = realTime;
        _log = log;
        UseKestrel();
        StartServer();
        Url = ClientOptions.BaseAddress;
        Anonymous = new HttpClient { BaseAddress = Url };
        Http = new HttpClient { BaseAddress = Url };
        Http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{AccountSid}:{AuthToken}")));
    }

    public ManualClock Clock { get; } = new();

    /// <summary>Base address, with a trailing slash.</summary>
    public Uri Url { get; }

    /// <summary>A client with the account's credentials.</summary>
    public HttpClient Http { get; }

    /// <summary>A client without credentials.</summary>
    public HttpClient Anonymous { get; }

    public SandboxControl Control => new(Anonymous);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        // UseKestrel(0) would set the address from here while Program.cs is already starting the server.
        builder.UseUrls("http://127.0.0.1:0");
        builder.UseSetting("AgentPay:Mode", "SandboxServer");
        foreach (var (key, value) in _settings) builder.UseSetting(key, value);
        builder.ConfigureLogging(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Warning);
            if (_log is not null) logging.AddProvider(_log).AddFilter<KeptLog>(null, LogLevel.Trace);
        });
        builder.ConfigureServices(services =>
        {
            if (!_realTime) services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        });
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Http.Dispose();
            Anonymous.Dispose();
        }
        try
        {
            base.Dispose(disposing);
        }
        catch (ObjectDisposedException)
        {
            // Program.cs disposes of the host that it runs, at the same time.
        }
    }
}
