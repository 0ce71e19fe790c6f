using System.Net;
using System.Text;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.HistoryExport;

/// <summary>
/// 1,001 payments on two days, which is one more than a page holds; and a day with 1,001 payments of its own, whose reading pauses after
/// the first 1,000 until the clock is advanced.
/// </summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class HistoryLimitTests(HistoryLimitTests.Bench bench) : IClassFixture<HistoryLimitTests.Bench>
{
    private const string TwoDays = "from=2026-11-17&to=2026-11-18";
    private const string LongDay = "from=2026-11-19&to=2026-11-20";

    [Fact]
    public async Task PrintView_OfMorePaymentsThanAPageHolds_SaysWhichItHasAndCountsAll()
    {
        using var browser = await bench.SignInAsync();
        using var page = await browser.GoAsync("/history/print?" + TwoDays);

        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("The list has the newest 1,000 of 1,001 payments. The totals have all of them.");
        html.Split("data-label=\"Caller\"").Length.ShouldBe(1 + 1000);
        WebUtility.HtmlDecode(html).ShouldContain("1,001.00\u00a0AUD");
    }

    [Fact]
    public async Task Export_OfMorePaymentsThanAPageHolds_HoldsAll()
    {
        using var browser = await bench.SignInAsync();
        using var answer = await browser.GoAsync("/history/export?" + TwoDays);

        (await LinesAsync(answer)).Length.ShouldBe(1 + 1001);
    }

    [Fact]
    public async Task Export_CancelledHalfWay_LogsNoErrorAndLeavesTheNextOneComplete()
    {
        using var browser = await bench.SignInAsync();
        var (ended, log) = (bench.NextExportAsync(), bench.App.Log.Lines.Count);
        using (var cut = await browser.BeginAsync("/history/export?" + LongDay))
        {
            cut.StatusCode.ShouldBe(HttpStatusCode.OK);
            await Bench.PauseAsync();
        }
        await ended;

        var next = browser.GoAsync("/history/export?" + LongDay);
        await Bench.PauseAsync();
        bench.App.Clock.Advance(TimeSpan.FromSeconds(1));
        (await LinesAsync(await next)).Length.ShouldBe(1 + 1 + 1001);
        bench.App.Log.Lines.Skip(log).ShouldNotContain(line => line.StartsWith("Error") || line.StartsWith("Warning") || line.StartsWith("Critical"));
    }

    [Fact]
    public async Task Export_WhenSyncFailsHalfWay_BreaksTheDownloadOff()
    {
        using var browser = await bench.SignInAsync();
        var ended = bench.NextExportAsync();
        using var broken = await browser.BeginAsync("/history/export?" + LongDay);
        await Bench.PauseAsync();
        await bench.FaultsAsync(new { syncError = 1 });

        await bench.PumpAsync(ended);

        await bench.FaultsAsync(new { });
        await Should.ThrowAsync<HttpRequestException>(() => broken.Content.ReadAsByteArrayAsync());
    }

    private static async Task<string[]> LinesAsync(HttpResponseMessage answer) =>
        Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    public sealed class Bench : IAsyncLifetime
    {
        private TaskCompletionSource _exported = New();

        public AgentPayApp App { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            App = new(configure: services => services.AddSingleton<IStartupFilter>(new OnExport(() => _exported.TrySetResult())));
            await App.ReadyAsync();
            await App.OpenedAsync();
            Keep(17, 600);
            Keep(18, 401);
            Keep(19, 1001);
            Keep(20, 1);
        }

        public Task DisposeAsync() => App.DisposeAsync().AsTask();

        public async Task<HttpBrowser> SignInAsync()
        {
            var browser = new HttpBrowser(App.Url);
            (await browser.SignInAsync(People.Priya)).Dispose();
            return browser;
        }

        /// <summary>Ends when the server has finished the next export, also an aborted one.</summary>
        public Task NextExportAsync() => (_exported = New()).Task;

        /// <summary>Waits for the pause between two thousands of payments: until only the clock brings more.</summary>
        public static Task PauseAsync() => IdleProcess.WaitAsync(new TaskCompletionSource().Task);

        public Task FaultsAsync(object faults) => new SandboxControl(App.Http).SetFaultsAsync(faults);

        public async Task PumpAsync(Task work)
        {
            while (!work.IsCompleted)
            {
                await IdleProcess.WaitAsync(work);
                if (!work.IsCompleted) App.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        private void Keep(int day, int count) => ManyRecords.Keep(
            App.Services, App.Services.GetRequiredService<SyncSpace>().Service, new(2026, 11, day, 8, 0, 0, TimeSpan.Zero), count);

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Tells when an export has passed through everything else of the server.</summary>
    private sealed class OnExport(Action ended) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, rest) =>
            {
                try
                {
                    await rest(context);
                }
                finally
                {
                    if (context.Request.Path.StartsWithSegments("/history/export")) ended();
                }
            });
            next(app);
        };
    }
}
