using System.Globalization;
using System.Net.Http.Json;
using AgentPay.Web.Tests.Browser;
using AgentPay.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace AgentPay.Web.Tests.Load;

/// <summary>What the board costs with 300 rows and 10 changes a second: docs/scaling.md has the figures.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class BoardCostTests(Chromium chromium, ITestOutputHelper output) : IClassFixture<Chromium>
{
    private const int Rows = 300;
    private const int PerSecond = 10;
    private const int Changes = 100;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private long _received;

    [BrowserFact]
    [Trait("Category", "Load")]
    public async Task Board_WithThreeHundredRows_StaysWithinItsBudget()
    {
        await using var server = await LoadProcess.StartAsync(new Dictionary<string, string> { ["AgentPay:Mode"] = "Sandbox" });
        _http.BaseAddress = new(server.Url + "/");
        var control = new SandboxControl(_http);
        for (var row = 0; row < Rows; row++)
            using (await _http.GetAsync($"load/board/pay?call={await control.CallInAsync()}")) { }
        await using var desk = await chromium.OpenAsync(Desk.Usual);
        var page = await desk.NewPageAsync();
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => Interlocked.Add(ref _received, frame.Binary?.Length ?? 0);
        await page.GotoAsync(server.Url + "/");
        await page.SignInAsync(PageActs.Priya);
        await page.GetByText("300 payments in progress").WaitForAsync();

        var idle = await ChangeAsync(0);
        var usual = await ChangeAsync(Rows);
        var visible = await ChangeAsync(Rows / 30);
        var browser = await BrowserTimeAsync(desk, page, () => ChangeAsync(Rows / 30));
        // Virtualize renders at most a hundred rows.
        await page.SetViewportSizeAsync(1280, 30000);
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.rows > .row').length >= 100");
        var all = await ChangeAsync(Rows);

        Write("nothing changes", idle);
        Write("all rows change, those in view are rendered", usual);
        Write("only rows in view change", visible);
        Write("all rows change, a hundred are rendered", all);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"browser, only rows in view change: {browser:P1} of a core for scripts and layout"));
        usual.Bytes.ShouldBeLessThan(10_000);
        visible.Bytes.ShouldBeLessThan(40_000);
        browser.ShouldBeLessThan(0.3);
    }

    /// <summary>Bytes that the page receives and processor time of the server, both for a second.</summary>
    private async Task<(double Bytes, double Processor)> ChangeAsync(int rows)
    {
        var (before, received) = (await UsageAsync(), Interlocked.Read(ref _received));
        var seconds = (double)Changes / PerSecond;
        using (await _http.GetAsync($"load/board/change?rows={rows}&changes={Changes}&perSecond={PerSecond}")) { }
        var after = await UsageAsync();
        return ((Interlocked.Read(ref _received) - received) / seconds, (after.Processor - before.Processor).TotalSeconds / seconds);
    }

    private static async Task<double> BrowserTimeAsync(IBrowserContext desk, IPage page, Func<Task> act)
    {
        var metrics = await desk.NewCDPSessionAsync(page);
        await metrics.SendAsync("Performance.enable");
        var before = await TaskTimeAsync(metrics);
        await act();
        return (await TaskTimeAsync(metrics) - before) / ((double)Changes / PerSecond);
    }

    private static async Task<double> TaskTimeAsync(ICDPSession metrics) =>
        (await metrics.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .Single(metric => metric.GetProperty("name").GetString() == "TaskDuration").GetProperty("value").GetDouble();

    private void Write(string what, (double Bytes, double Processor) cost) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what}: {cost.Bytes:F0} bytes/s to the page, {cost.Processor:P1} of a core on the server"));

    private async Task<ServerUsage> UsageAsync() => (await _http.GetFromJsonAsync<ServerUsage>("load/usage"))!;
}
