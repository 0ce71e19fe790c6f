using System.Text;
using AgentPay.Web.Identity;
using AgentPay.Web.KeyRing;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Support;

/// <summary>
/// AgentPay on a real Kestrel server on a free loopback port, on the sandbox inside it unless the settings say otherwise, with a manual
/// clock.
/// </summary>
public sealed class AgentPayApp : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection>? _configure;

    /// <param name="settings">Configuration keys, such as <c>AgentPay:PublicBaseUrl</c>.</param>
    /// <param name="configure">Changes to the services, after everything else.</param>
    /// <param name="lowest">The finest level that <see cref="Log"/> keeps.</param>
    public AgentPayApp(Dictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null,
        LogLevel lowest = LogLevel.Information)
    {
        Log = new(lowest);
        _settings = settings ?? [];
        _configure = configure;
        UseKestrel();
        StartServer();
        Url = ClientOptions.BaseAddress;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = Url };
    }

    public ManualClock Clock { get; } = new();

    public KeptLog Log { get; }

    /// <summary>Base address, with a trailing slash.</summary>
    public Uri Url { get; }

    /// <summary>A client that keeps no cookies and follows no redirects.</summary>
    public HttpClient Http { get; }

    /// <summary>Waits until Sync has been provisioned, and the keys of cookies are there.</summary>
    public async Task ReadyAsync()
    {
        using var limit = new CancellationTokenSource(TestLimit.Time);
        await Services.GetRequiredService<SyncSpace>().WhenReadyAsync(limit.Token);
        await Services.GetRequiredService<SyncKeyRing>().Opened.WaitAsync(limit.Token);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        // UseKestrel(0) would set the address from here while Program.cs is already starting the server.
        builder.UseUrls("http://127.0.0.1:0");
        builder.UseSetting("Sync:Settling", "00:00:00");
        foreach (var (key, value) in _settings) builder.UseSetting(key, value);
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddProvider(Log)
            .AddFilter<KeptLog>(null, LogLevel.Trace));
        builder.ConfigureServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            _configure?.Invoke(services);
        });
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Http.Dispose();
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
