using System.Globalization;
using AgentPay.Web.Tests.Browser;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>Measures the time from the arrival of a callback to the change of the page in a real browser.</summary>
internal static class ScreenPart
{
    private const int Digits = 100;
    private const int MostOthers = 200;
    private const int Connections = 4;
    private const double DigitsPerSecond = 2;

    // Notes when a row of the payment changes, in milliseconds since 1970.
    private const string Observe = """
        () => {
          window.changes = [];
          const observer = new MutationObserver(() => window.changes.push(performance.timeOrigin + performance.now()));
          for (const row of document.querySelectorAll('[data-row]'))
            observer.observe(row, { subtree: true, childList: true, characterData: true, attributes: true });
        }
        """;

    public static async Task RunAsync(Aims aims)
    {
        var table = new Table("other payments", "digits/s of the others", "digits", "p50 ms", "p99 ms", "not shown");
        await using var console = await ConsoleServer.StartAsync();
        var page = await console.Desk.NewPageAsync();
        var others = new List<TypingCaller>();
        // The first run compiles the code.
        foreach (var (count, isWarmUp) in new[] { (1, true), (1, false), (50, false), (MostOthers, false) })
        {
            while (others.Count < count) others.Add(await console.StartPaymentAsync());
            using var leaving = new CancellationTokenSource();
            var load = TypeAsync(console.Server.Url, others, leaving.Token);
            var caller = await console.StartPaymentAsync();
            await page.GotoAsync(console.PageOf(caller).AbsoluteUri);
            await page.LiveAsync();
            await page.StateAsync("payment-card-number", "Waiting");
            await page.EvaluateAsync(Observe);
            var times = await TypeAsync(console.Server.Url, caller, page);
            await leaving.CancelAsync();
            var sent = (await load).PerSecond;
            if (isWarmUp) continue;
            table.Add(count, sent, Digits, times.Median, times.Percentile(99), Digits - times.Count);
            if (count < MostOthers) continue;
            aims.AtMost("callback to screen p50 ms, 200 other payments", 30, times.Median);
            aims.AtMost("callback to screen p99 ms, 200 other payments", 150, times.Percentile(99));
        }
    }

    private static async Task<Sample> TypeAsync(string url, TypingCaller caller, IPage page)
    {
        var times = new List<double>();
        for (var digit = 0; digit < Digits; digit++)
        {
            var callback = caller.NextDigit(url);
            var sent = DateTimeOffset.UtcNow;
            await HttpLoad.SendAsync(url, callback);
            // Longer than most digits take to appear; a later one is seen with the next digit.
            await Task.Delay(TimeSpan.FromMilliseconds(150));
            var since = (sent - DateTimeOffset.UnixEpoch).TotalMilliseconds;
            var script = string.Create(CultureInfo.InvariantCulture, $"window.changes.find(at => at >= {since:F3}) ?? 0");
            var shown = await page.EvaluateAsync<double>(script);
            if (shown > 0) times.Add(shown - since);
        }
        return new(times);
    }

    /// <summary>The other callers press two keys a second each.</summary>
    private static Task<LoadResult> TypeAsync(string url, List<TypingCaller> callers, CancellationToken leaving)
    {
        var turns = new int[Connections];
        var connections = Math.Min(Connections, callers.Count);
        var gap = TimeSpan.FromSeconds(connections / DigitsPerSecond / callers.Count);
        return HttpLoad.RunAsync(url, connections, TimeSpan.FromMinutes(5), number =>
        {
            if (leaving.WaitHandle.WaitOne(gap)) return null;
            var own = (callers.Count - number + connections - 1) / connections;
            return callers[(turns[number]++ % own * connections) + number].NextCallback(url);
        });
    }
}
