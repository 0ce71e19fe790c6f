using AgentPay.Web.Tests.Support;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>One Chromium for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Flags =
    [
        // Chromium has no sandbox for root, as whom containers run.
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        // A page that a test makes up has no address, so it would count as one from the Internet that reaches into this machine.
        "--disable-features=LocalNetworkAccessChecks",
    ];

    private readonly Dictionary<(Desk Desk, string Person), IBrowserContext> _shared = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static string? WhyAbsent => Executable is not null || Environment.GetEnvironmentVariable("CI") == "true"
        ? null
        : $"No Chromium is installed ({string.Join(", ", Paths)}); test.sh installs Debian's";

    private static string? Executable => Paths.FirstOrDefault(File.Exists);

    public async Task InitializeAsync()
    {
        if (WhyAbsent is not null) return;
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout((float)TestLimit.Time.TotalMilliseconds);
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable ?? Paths[0], Args = Flags });
    }

    /// <summary>The profile of somebody at a desk of this kind, for one test after another: signed in, with what the browser has cached.</summary>
    public async Task<IBrowserContext> SharedAsync(Desk desk, string person, Func<Task<IBrowserContext>> open)
    {
        if (_shared.TryGetValue((desk, person), out var profile)) return profile;
        return _shared[(desk, person)] = await open();
    }

    /// <summary>A fresh profile.</summary>
    public async Task<IBrowserContext> OpenAsync(Desk desk)
    {
        var profile = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = desk.Width, Height = desk.Height },
            ColorScheme = desk.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = desk.Locale,
            TimezoneId = desk.TimeZone,
            ReducedMotion = ReducedMotion.Reduce,
        });
        profile.SetDefaultTimeout((float)TestLimit.Time.TotalMilliseconds);
        return profile;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
    }
}
