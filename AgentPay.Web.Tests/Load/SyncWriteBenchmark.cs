using System.Diagnostics;
using System.Diagnostics.Metrics;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.TwilioApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace AgentPay.Web.Tests.Load;

/// <summary>The cost of one write of a Sync document, from <see cref="DocumentStore{T}"/> to the socket and back.</summary>
public sealed class SyncWriteBenchmark(ITestOutputHelper output)
{
    private const int WarmUp = 2_000;
    private const int Writes = 20_000;

    /// <summary>1.5 times what hand-written HTTP requests cost before the SDK built them.</summary>
    private const int MostBytes = 19_400;

    private sealed record Thing(string Agent, string Phase, decimal Amount, string[] Fields);

    [Fact]
    [Trait("Category", "Load")]
    public async Task Update_OfADocument_CostsNotMuchMoreThanItsRequest()
    {
        const string data = """{"agent":"a","phase":"ready","amount":9.9,"fields":[]}""";
        using var server = new FixedAnswerServer(Bodies.Document.Replace("""{"phase":"ready"}""", data, StringComparison.Ordinal));
        await using var clients = new TwilioClients(TwilioStub.Settings(("SyncBaseUrl", server.Url)), TimeProvider.System);
        var space = new SyncSpace();
        space.Ready(TwilioStub.Service);
        var metrics = new SyncMetrics(clients.Host.Services.GetRequiredService<IMeterFactory>());
        var log = NullLogger<DocumentStore<Thing>>.Instance;
        var writer = new SyncWriter(Budgets.New(TimeProvider.System), TimeProvider.System);
        var store = new DocumentStore<Thing>(clients.Sync, space, writer, metrics, log);

        await WriteAsync(store, WarmUp);
        var (allocated, started) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        await WriteAsync(store, Writes);
        var (bytes, time) = ((GC.GetTotalAllocatedBytes(precise: true) - allocated) / Writes, Stopwatch.GetElapsedTime(started));

        output.WriteLine($"Sync document write: {Writes / time.TotalSeconds:F0} requests/s, {bytes} bytes allocated each");
        bytes.ShouldBeLessThan(MostBytes);
    }

    private static async Task WriteAsync(DocumentStore<Thing> store, int writes)
    {
        var thing = new Thing("maria@example.com", "capturing", 129.90m, ["payment-card-number", "expiration-date", "security-code"]);
        var ttl = TimeSpan.FromHours(12);
        for (var write = 0; write < writes; write++)
            (await store.UpdateAsync("pay-0123456789abcdef", thing, "3", ttl, SyncUrgency.Normal, default)).ShouldNotBeNull();
    }
}
