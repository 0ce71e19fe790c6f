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
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
        // A process for rendering takes more than a second of processor time to start: the pages of a profile share one, and none is
        // started in advance.
        "--process-per-site",
        // A page that a test makes up has no address, so it would count as one from the Internet that reaches into this machine.
        "--disable-features=LocalNetworkAccessChecks,SpareRendererForSitePerProcess,Translate,OptimizationHints,MediaRouter,PaintHolding",
    ];

    private readonly Dictionary<(Desk Desk, string? Person), IBrowserContext> _profiles = [];
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

    /// <summary>A profile for one test after another. Its first page is not theirs: it keeps the process that renders for them.</summary>
    /// <param name="person">Who is signed in; null for a profile that each test signs in by itself.</param>
    /// <param name="idle">What the first page shows: of the same site, without a script.</param>
    public async Task<IBrowserContext> ProfileAsync(Desk desk, string? person, string idle)
    {
        var key = (desk with { IsOwn = false }, person);
        if (!_profiles.TryGetValue(key, out var profile))
        {
            profile = _profiles[key] = await OpenAsync(desk);
            await (await profile.NewPageAsync()).GotoAsync(idle);
        }
        return profile;
    }

    /// <summary>A new profile, which the caller closes.</summary>
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
