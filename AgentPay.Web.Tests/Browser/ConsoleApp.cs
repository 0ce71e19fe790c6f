using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>AgentPay on its sandbox, with the system's clock: browsers and circuits live in real time.</summary>
public sealed class ConsoleApp : IAsyncLifetime
{
    public const string SessionCookie = "agentpay";

    /// <summary>On a busy machine a look at the page takes longer than callers have by default for a field.</summary>
    private static readonly Dictionary<string, string?> SlowCallers = new()
    {
        ["Payments:Profiles:0:Name"] = "Default",
        ["Payments:Profiles:0:Connector"] = "Default",
        ["Payments:Profiles:0:Currency"] = "USD",
        ["Payments:Profiles:0:Timeout"] = "00:02:00",
    };

    private readonly Dictionary<string, string?> _settings;
    private readonly HeldRequests _held = new();
    private AgentPayApp? _app;

    public ConsoleApp()
        : this([])
    {
    }

    internal ConsoleApp(Dictionary<string, string?> settings) =>
        _settings = new([.. SlowCallers.Where(own => !settings.ContainsKey(own.Key)), .. settings]);

    public AgentPayApp App => _app ?? throw new InvalidOperationException("AgentPay is not running");

    /// <summary>Base address, with a trailing slash.</summary>
    public Uri Url => App.Url;

    /// <summary>Customers who call in, and press keys.</summary>
    public SandboxControl Control => new(App.Http);

    public async Task InitializeAsync()
    {
        if (Chromium.WhyAbsent is null) await StartAsync();
    }

    public async Task StartAsync()
    {
        _app = new(_settings, services =>
        {
            services.Replace(ServiceDescriptor.Singleton(TimeProvider.System));
            services.AddSingleton<IStartupFilter>(_held);
        });
        await _app.ReadyAsync();
        await _app.OpenedAsync();
    }

    /// <inheritdoc cref="HeldRequests.Hold"/>
    public IDisposable Hold(string path) => _held.Hold(path);

    /// <summary>Signs somebody in, outside the browser: the cookies of a session of its own.</summary>
    /// <param name="person">The address, such as <see cref="PageActs.Amara"/>.</param>
    public async Task<IEnumerable<Cookie>> SignInAsync(string person)
    {
        using var browser = new HttpBrowser(Url);
        using var back = await browser.SignInAsync(IdOf(person));
        return browser.Cookies.Where(cookie => cookie.Name == SessionCookie).Select(cookie => new Cookie
        {
            Name = cookie.Name.ToString(),
            Value = cookie.Value.ToString(),
            Domain = Url.Host,
            Path = "/",
            HttpOnly = true,
            SameSite = SameSiteAttribute.Lax,
        });
    }

    public async Task StopAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _app = null;
    }

    public Task DisposeAsync() => StopAsync();

    private static string IdOf(string person) => person switch
    {
        PageActs.Amara => People.Amara,
        PageActs.Ben => People.Ben,
        PageActs.Priya => People.Priya,
        _ => People.Tomas,
    };
}
