using System.Net;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Payments;

/// <summary>What a Sync token can and cannot access with the default configuration.</summary>
public sealed class MapAccessTests(MapAccessTests.Bench bench) : IClassFixture<MapAccessTests.Bench>
{
    [Theory]
    [InlineData("Maps/payMap")]
    [InlineData("Maps/payMap/Items")]
    [InlineData("Maps/uuiMap/Items")]
    public async Task Maps_OfFrontEnds_CanBeRead(string path) =>
        (await bench.AskAsync(await bench.AmaraAsync(), HttpMethod.Get, path)).ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task Items_OfPayMapAlone_CanBeRemoved()
    {
        var (_, call, payment) = await PayAsync();
        var ben = await bench.BenAsync();

        (await bench.AskAsync(ben, HttpMethod.Delete, $"Maps/uuiMap/Items/{call}")).ShouldBe(HttpStatusCode.Forbidden);
        (await bench.AskAsync(ben, HttpMethod.Delete, $"Maps/payMap/Items/{payment}")).ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task EverythingElse_IsForbidden()
    {
        var (amara, call, _) = await PayAsync();
        var document = await bench.DocumentAsync(call);

        foreach (var agent in (ApiAgent[])[amara, await bench.BenAsync()])
        {
            foreach (var path in (string[])["", "Documents", "Maps", "Maps/payMap/Permissions"])
                (await bench.AskAsync(agent, HttpMethod.Get, path)).ShouldBe(HttpStatusCode.Forbidden, path);
            foreach (var path in (string[])[$"Documents/{document}", $"Documents/call-{call}", "Documents/keyRing", "Maps/uuiMap"])
                foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Delete])
                    (await bench.AskAsync(agent, method, path)).ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
            foreach (var path in (string[])[$"Documents/{document}", $"Documents/call-{call}", "Documents/keyRing"])
                (await bench.AskAsync(agent, HttpMethod.Get, path)).ShouldBe(HttpStatusCode.Forbidden, path);
            foreach (var path in (string[])["", "Maps/payMap"])
                (await bench.AskAsync(agent, HttpMethod.Delete, path)).ShouldBe(HttpStatusCode.Forbidden, path);
        }
    }

    [Fact]
    public async Task History_OfADayWhoseMapAnAgentHasMade_IsTakenFromThem()
    {
        var (amara, call, payment) = await PayAsync();
        var map = $"history-{bench.App.Clock.GetUtcNow():yyyy-MM-dd}";
        (await bench.AskAsync(amara, HttpMethod.Post, "Maps", new() { ["UniqueName"] = map })).ShouldBe(HttpStatusCode.Created);
        (await bench.AskAsync(amara, HttpMethod.Get, $"Maps/{map}/Items")).ShouldBe(HttpStatusCode.OK);

        var changes = bench.Follow();
        (await amara.PostAsync("/changeSession", new { callSid = call, paySid = payment, Status = "cancel" })).Status.ShouldBe(200);

        var recorded = await changes.NextAsync(change => change.Map == map);
        await bench.App.Services.GetRequiredService<PaymentRecords>()
            .WhenTriedAsync(PaymentId.TryParse(recorded.Key, out var id) ? id : default);

        foreach (var path in (string[])[$"Maps/{map}", $"Maps/{map}/Items", $"Maps/{map}/Permissions"])
            (await bench.AskAsync(amara, HttpMethod.Get, path)).ShouldBe(HttpStatusCode.Forbidden, path);
    }

    private async Task<(ApiAgent Agent, string Call, string Payment)> PayAsync()
    {
        var (amara, call) = (await bench.AmaraAsync(), await bench.InProgressAsync());
        var payment = await amara.PostAsync("/startCapture", new { callSid = call, ChargeAmount = 5, Currency = "USD" });
        payment.Status.ShouldBe(200, payment.Text);
        return (amara, call, payment.Text);
    }

    public sealed class Bench : AccessControlTests.Bench
    {
        protected override Dictionary<string, string?> Settings => [];
    }
}
