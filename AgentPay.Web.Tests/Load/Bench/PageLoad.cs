using System.Diagnostics;
using AgentPay.Web.Tests.Browser;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>Measures the first load of the console in a browser whose cache is empty, until its buttons work.</summary>
internal static class PageLoad
{
    private const int Runs = 5;

    // What ConsoleCostTests allows.
    private const double MostKilobytes = 270;

    // A name, the latency in milliseconds and bytes a second; null for no limit.
    private static readonly (string Name, (int Latency, int Bytes)? Limit)[] Networks =
        [("loopback", null), ("10 Mbit/s, 40 ms", (40, 1_250_000))];

    public static async Task MeasureAsync(Aims aims, string program)
    {
        await using var console = await ConsoleServer.StartAsync(program);
        var cookies = (await console.Desk.CookiesAsync()).Select(cookie => new Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Domain = cookie.Domain,
            Path = cookie.Path,
        }).ToList();
        var table = new Table("network", "requests", "kB received", "first paint ms", "interactive ms", "the longest ms");
        foreach (var (name, limit) in Networks)
        {
            var loads = new List<Load>();
            for (var run = 0; run < Runs; run++) loads.Add(await LoadAsync(console, cookies, limit));
            double Median(Func<Load, double> value) => new Sample(loads.Select(value)).Median;
            var kilobytes = Median(load => load.Bytes / 1000d);
            table.Add(
                name, Median(load => load.Requests), kilobytes, Median(load => load.PaintedAfter), Median(load => load.LiveAfter),
                loads.Max(load => load.LiveAfter));
            if (limit is null) aims.AtMost("kB received by an empty cache", MostKilobytes, kilobytes);
        }
    }

    private static async Task<Load> LoadAsync(ConsoleServer console, List<Cookie> cookies, (int Latency, int Bytes)? limit)
    {
        await using var fresh = await console.Chromium.OpenAsync(Browser.Desk.Usual);
        await fresh.AddCookiesAsync(cookies);
        var page = await fresh.NewPageAsync();
        var network = await fresh.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        if (limit is var (latency, most))
            await network.SendAsync("Network.emulateNetworkConditions", new()
            {
                ["offline"] = false,
                ["latency"] = latency,
                ["downloadThroughput"] = most,
                ["uploadThroughput"] = most,
            });
        var (requests, bytes) = (0, 0d);
        network.Event("Network.loadingFinished").OnEvent += (_, answer) =>
            (requests, bytes) = (requests + 1, bytes + answer!.Value.GetProperty("encodedDataLength").GetDouble());
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => bytes += frame.Binary?.Length ?? 0;
        var started = Stopwatch.GetTimestamp();
        await page.GotoAsync(console.Server.Url + "/pay");
        await page.LiveAsync();
        var live = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var painted = await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN");
        return new(requests, bytes, painted, live);
    }

    /// <summary>Times are in milliseconds since the request for the page.</summary>
    private sealed record Load(int Requests, double Bytes, double PaintedAfter, double LiveAfter);
}
