using System.Net;
using System.Text;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Components.History;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.HistoryExport;

/// <summary>The clock stands at 9 o'clock on 22 November 2026, UTC.</summary>
public sealed class HistoryExportTests(HistoryExportTests.Bench bench) : IClassFixture<HistoryExportTests.Bench>
{
    [Fact]
    public async Task Export_ByAnAgent_HoldsTheirOwnPaymentsOnly()
    {
        var lines = await bench.LinesAsync(People.Amara, "day=2026-11-22");

        lines.Select(line => line[2]).Distinct().ShouldBe([ARecord.Amara]);
        lines.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Export_ByAnAgentWhoAsksForAnother_HoldsNothing() =>
        (await bench.LinesAsync(People.Amara, $"day=2026-11-22&agent={ARecord.Ben}")).ShouldBeEmpty();

    [Fact]
    public async Task Export_ByASupervisor_HoldsEverybodysNewestFirst()
    {
        var lines = await bench.LinesAsync(People.Priya, "day=2026-11-22");

        lines.Select(line => (line[0], line[2])).ShouldBe(
            [("2026-11-22T08:30:00Z", ARecord.Ben), ("2026-11-22T08:00:00Z", ARecord.Amara), ("2026-11-22T00:00:00Z", ARecord.Amara)]);
    }

    [Theory]
    [InlineData("agent=ben@agentpay.example", 1)]
    [InlineData("result=unknown", 1)]
    [InlineData("result=succeeded", 2)]
    [InlineData("text=inv-1", 3)]
    [InlineData("text=nowhere", 0)]
    public async Task Export_WithAFilter_HoldsWhatThePageShows(string filter, int count) =>
        (await bench.LinesAsync(People.Priya, $"day=2026-11-22&{filter}")).Count.ShouldBe(count);

    [Fact]
    public async Task Export_OfARange_HoldsAllItsDaysNewestFirst()
    {
        var lines = await bench.LinesAsync(People.Priya, "from=2026-11-21&to=2026-11-22");

        lines.Select(line => line[0])
            .ShouldBe(["2026-11-22T08:30:00Z", "2026-11-22T08:00:00Z", "2026-11-22T00:00:00Z", "2026-11-21T13:30:00Z"]);
        (await bench.LinesAsync(People.Priya, "range=this-month")).Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(People.Amara, "***123")]
    [InlineData(People.Priya, "'+61400000123")]
    public async Task Export_TheCaller_IsMaskedForAgents(string person, string written) =>
        (await bench.LinesAsync(person, "day=2026-11-21"))[0].ShouldContain(written);

    [Theory]
    [InlineData(People.Priya, "0400 000 123", 1)]
    [InlineData(People.Amara, "0400 000 123", 0)]
    public async Task Export_SearchedByTheCallersNumber_FindsItForSupervisorsOnly(string person, string text, int count) =>
        (await bench.LinesAsync(person, $"range=this-month&text={Uri.EscapeDataString(text)}")).Count.ShouldBe(count);

    [Theory]
    [InlineData("en-GB", "12.50", 4)]
    [InlineData("de-DE", "12,50", 4)]
    [InlineData("de-DE", "12,51", 0)]
    public async Task Export_SearchedByAnAmount_ReadsItAsTheBrowserWritesIt(string language, string text, int count)
    {
        var file = Encoding.UTF8.GetString(
            await bench.BytesAsync(People.Priya, $"range=this-month&text={text}", ("Accept-Language", language)));

        file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + count);
    }

    [Fact]
    public async Task Export_ToAGermanBrowser_IsTheSameFile()
    {
        var english = await bench.BytesAsync(People.Amara, "day=2026-11-22");

        (await bench.BytesAsync(People.Amara, "day=2026-11-22", ("Accept-Language", "de-DE"))).ShouldBe(english);

        Encoding.UTF8.GetString(english).ShouldContain(",12.50,AUD,");
    }

    [Fact]
    public async Task Export_Answer_IsAFileThatNobodyKeeps()
    {
        using var answer = await bench.GetAsync(People.Amara, "day=2026-11-22");

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.ToString().ShouldStartWith("attachment; filename=agentpay-history-2026-11-22.csv");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await answer.Content.ReadAsByteArrayAsync())[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
    }

    [Theory]
    [InlineData("day=today")]
    [InlineData("day=22.11.2026")]
    [InlineData("day=2026-11-23")]
    [InlineData("day=2025-10-17")]
    [InlineData("day=0001-01-01")]
    [InlineData("day=9999-12-31")]
    [InlineData("range=this-decade")]
    [InlineData("from=2026-11-22&to=2026-11-21")]
    [InlineData("from=2026-10-22&to=2026-11-22")]
    [InlineData("day=2026-11-22&result=everything")]
    public async Task Export_OfWhatThereIsNot_IsRefusedInWords(string query)
    {
        using var answer = await bench.GetAsync(People.Amara, query);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldMatch("days|first day|^result ");
    }

    [Theory]
    [InlineData(People.Tomas)]
    [InlineData(People.Nora)]
    public async Task Export_BySomebodyWhoTakesNoPayments_IsRefused(string person)
    {
        using var answer = await bench.GetAsync(person, "day=2026-11-22");

        answer.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain(ARecord.Amara);
    }

    [Fact]
    public async Task Export_ByNobody_LeadsToTheSignIn()
    {
        using var browser = new HttpBrowser(bench.App.Url);

        using var answer = await browser.GoAsync("/history/export?day=2026-11-22");

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.AbsoluteUri.ShouldContain("/sandbox/entra/");
    }

    [Fact]
    public async Task Export_WhileSyncIsNotThere_SaysThatItMayBeTriedAgain()
    {
        using var app = IdentityApp.Start();
        using var browser = new HttpBrowser(app.Url);
        (await browser.SignInAsync(People.Amara)).Dispose();

        using var answer = await browser.GoAsync("/history/export?day=2026-11-22");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Try again");
    }

    public sealed class Bench : IAsyncLifetime
    {
        public AgentPayApp App { get; } = new();

        public async Task InitializeAsync()
        {
            await App.ReadyAsync();
            foreach (var record in (HistoryRecord[])
            [
                ARecord.Of(ARecord.Amara, new(2026, 11, 21, 13, 30, 0, TimeSpan.Zero)) with { Caller = "+61400000123" },
                ARecord.Of(ARecord.Amara, new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero)),
                ARecord.Of(ARecord.Amara, new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero)),
                ARecord.Of(ARecord.Ben, new(2026, 11, 22, 8, 30, 0, TimeSpan.Zero), "unknown"),
            ]) await KeepAsync(App.Services.GetRequiredService<MapStore>(), record);
        }

        public async Task<HttpResponseMessage> GetAsync(string person, string query, params (string, string)[] headers)
        {
            using var browser = new HttpBrowser(App.Url);
            (await browser.SignInAsync(person)).Dispose();
            return await browser.FetchAsync(HttpMethod.Get, $"/history/export?{query}", headers);
        }

        public async Task<byte[]> BytesAsync(string person, string query, params (string, string)[] headers)
        {
            using var answer = await GetAsync(person, query, headers);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            return await answer.Content.ReadAsByteArrayAsync();
        }

        /// <summary>The fields of each line but the first.</summary>
        public async Task<List<string[]>> LinesAsync(string person, string query) =>
            [.. Encoding.UTF8.GetString(await BytesAsync(person, query)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
                .Select(line => line.Split(','))];

        public Task DisposeAsync()
        {
            App.Dispose();
            return Task.CompletedTask;
        }
    }

    internal static Task KeepAsync(MapStore maps, HistoryRecord record) => maps.UpsertAsync(
        HistoryRecord.MapOf(DateOnly.FromDateTime(record.Started.UtcDateTime)), record.Id.ToString(), record, TimeSpan.FromDays(30), true,
        SyncUrgency.Normal, default);
}
