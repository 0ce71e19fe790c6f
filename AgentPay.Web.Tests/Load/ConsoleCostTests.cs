using System.Globalization;
using System.Net.Http.Json;
using AgentPay.Web.Tests.Browser;
using AgentPay.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace AgentPay.Web.Tests.Load;

/// <summary>
/// What the console costs its server and the network: docs/scaling.md has the figures. <c>CONSOLE_URL</c> measures a server that runs
/// already
/// in place of one of this build; it needs <see cref="ServerUsage"/>.
/// </summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class ConsoleCostTests(Chromium chromium, ITestOutputHelper output) : IClassFixture<Chromium>
{
    private const int Screens = 100;
    private const int WarmUps = 4;
    private const string Digits = "44433332222111";

    // A tenth more than was measured, or what is aimed at.
    private const double MostColdKilobytes = 270;
    private const double MostHeapKibibytes = 1250;
    private const double MostAllocatedKibibytes = 15;
    private const double MostSentBytes = 900;

    private static readonly TimeSpan BetweenDigits = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private string? _call;

    [BrowserFact]
    [Trait("Category", "Load")]
    public async Task Console_WithAHundredScreens_StaysWithinItsBudget()
    {
        await using var own = Environment.GetEnvironmentVariable("CONSOLE_URL") is null ? await LoadProcess.StartAsync(Settings) : null;
        _http.BaseAddress = new((own?.Url ?? Environment.GetEnvironmentVariable("CONSOLE_URL")) + "/");
        await using var desk = await chromium.OpenAsync(Desk.Usual);
        var page = await desk.NewPageAsync();
        await page.GotoAsync(Address(""));
        await page.SignInAsync(PageActs.Amara);

        var cold = await ColdBytesAsync(desk);
        for (var warmUp = 0; warmUp < WarmUps; warmUp++) await TypingAsync(await StartPaymentAsync(page));
        var sent = await SentBytesAsync(page, await StartPaymentAsync(page));
        var one = await TypingAsync(await StartPaymentAsync(page));
        var call = await StartPaymentAsync(page);
        var before = await UsageAsync(collects: true);
        await OpenScreensAsync(desk, call);
        var heap = (await UsageAsync(collects: true)).Heap - before.Heap;
        var all = await TypingAsync(call);

        var allocated = (all.Allocated - one.Allocated) / Digits.Length / Screens / 1024d;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            Cold, until the page is interactive: {cold / 1000d:F0} kB received
            A digit, sent to a screen: {sent} bytes
            A digit, allocated for a screen: {allocated:F1} KiB
            Heap for a screen, with {Screens} open: {heap / Screens / 1024d:F0} KiB
            Processor at 10 digits a second: {one.Processor:P0} of a core with one screen, {all.Processor:P0} with {Screens + 1}
            """));
        (cold / 1000d).ShouldBeLessThan(MostColdKilobytes);
        ((double)sent).ShouldBeLessThan(MostSentBytes);
        allocated.ShouldBeLessThan(MostAllocatedKibibytes);
        (heap / Screens / 1024d).ShouldBeLessThan(MostHeapKibibytes);
    }

    private static Dictionary<string, string> Settings => new()
    {
        ["AgentPay:Mode"] = "Sandbox",
        ["Payments:Profiles:0:Name"] = "Default",
        ["Payments:Profiles:0:Connector"] = "Default",
        ["Payments:Profiles:0:Currency"] = "AUD",
        ["Payments:Profiles:0:Timeout"] = "00:05:00",
    };

    private SandboxControl Control => new(_http);

    private string Address(string path) => new Uri(_http.BaseAddress!, path).AbsoluteUri;

    /// <summary>What a browser that has signed in, and has nothing in its cache, receives before the first press of a button.</summary>
    private async Task<double> ColdBytesAsync(IBrowserContext signedIn)
    {
        await using var fresh = await chromium.OpenAsync(Desk.Usual);
        await fresh.AddCookiesAsync((await signedIn.CookiesAsync()).Select(cookie => new Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Domain = cookie.Domain,
            Path = cookie.Path,
        }));
        var page = await fresh.NewPageAsync();
        var network = await fresh.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        var bytes = 0d;
        network.Event("Network.loadingFinished").OnEvent += (_, answer) =>
            bytes += answer!.Value.GetProperty("encodedDataLength").GetDouble();
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => bytes += frame.Binary?.Length ?? 0;
        await page.GotoAsync(Address("pay"));
        await page.LiveAsync();
        return bytes;
    }

    /// <summary>Ends the call on the screen, and starts a payment on a new one, with its first digit typed.</summary>
    private async Task<string> StartPaymentAsync(IPage page)
    {
        if (_call is not null) await Control.HangUpAsync(_call);
        var call = _call = await Control.CallInAsync();
        await page.GotoAsync(Address($"pay?callSid={call}&amount=120&currency=AUD"));
        await page.LiveAsync();
        await page.Primary().ClickAsync();
        await page.StateAsync("payment-card-number", "Waiting");
        await PressAsync(call, "4");
        await page.StateAsync("payment-card-number", "Entering");
        return call;
    }

    /// <summary>The median of what a screen receives for a digit.</summary>
    private async Task<int> SentBytesAsync(IPage page, string call)
    {
        var frames = new List<int>();
        // A reload, as the circuit's connection is older than this listener.
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => { lock (frames) frames.Add(frame.Binary?.Length ?? 0); };
        await page.ReloadAsync();
        await page.LiveAsync();
        await page.StateAsync("payment-card-number", "Entering");
        lock (frames) frames.Clear();
        await Control.PressAsync(call, Digits, (int)(4 * BetweenDigits.TotalMilliseconds));
        // Keep-alive messages and acknowledgements are shorter.
        lock (frames) return frames.Where(length => length > 100).Order().ElementAt(frames.Count(length => length > 100) / 2);
    }

    private async Task OpenScreensAsync(IBrowserContext desk, string call)
    {
        for (var screen = 0; screen < Screens; screen++)
        {
            var page = await desk.NewPageAsync();
            await page.GotoAsync(Address($"pay?callSid={call}&amount=120&currency=AUD"));
            await page.LiveAsync();
            await page.StateAsync("payment-card-number", "Entering");
        }
    }

    /// <summary>Types digits at 10 a second: the bytes allocated, and the part of a core's time that was used.</summary>
    private async Task<(double Allocated, double Processor)> TypingAsync(string call)
    {
        var before = await UsageAsync();
        await PressAsync(call, Digits);
        var after = await UsageAsync();
        return (after.Allocated - before.Allocated, (after.Processor - before.Processor) / (Digits.Length * BetweenDigits));
    }

    private Task PressAsync(string call, string digits) => Control.PressAsync(call, digits, (int)BetweenDigits.TotalMilliseconds);

    private async Task<ServerUsage> UsageAsync(bool collects = false) =>
        (await _http.GetFromJsonAsync<ServerUsage>("load/usage" + (collects ? "?collect=true" : "")))!;
}
