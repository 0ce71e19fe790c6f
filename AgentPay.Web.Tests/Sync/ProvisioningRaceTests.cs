using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Sync;

/// <summary>Instances that start together use the same service.</summary>
public sealed class ProvisioningRaceTests : IDisposable
{
    private const string Name = "AgentAssistedPaySync";
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly SandboxApp _sandbox = new();
    private readonly WatchedClock _clock;

    public ProvisioningRaceTests() => _clock = new(_sandbox.Clock);

    [Theory]
    [InlineData(0)]
    [InlineData(400)]
    [InlineData(1600)]
    [InlineData(2900)]
    [InlineData(4000)]
    public async Task Start_OfTwoWithinMoments_EndsInOneService(int apart)
    {
        for (var round = 0; round < 4; round++)
        {
            await using var first = await StartAsync();
            var second = StartAsync();
            for (var waited = 0; waited < apart; waited += 100) await StepAsync();
            await using var host = await second;

            await FinishAsync(first, host);

            await ShouldShareOneServiceAsync(first, host);
            await _sandbox.Anonymous.PostAsync("sandbox/control/reset", null);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Setup_OfFourAtRandomTimes_EndsInOneService(int seed)
    {
        var random = new Random(seed);
        await using var host = await StartAsync();
        for (var round = 0; round < 5; round++)
        {
            var choices = new List<Task<string>>();
            while (choices.Count < 4)
            {
                choices.Add(host.Get<SyncSetup>().EnsureAsync(default));
                for (var steps = random.Next(15); steps > 0; steps--) await StepAsync();
            }
            while (!choices.TrueForAll(c => c.IsCompleted)) await StepAsync();

            (await Task.WhenAll(choices)).Distinct().Count().ShouldBe(1);
            await _sandbox.Anonymous.PostAsync("sandbox/control/reset", null);
        }
    }

    [Fact]
    public async Task Setup_ThatFindsAYoungService_WaitsForOneOfTheSameSecondThatGoesFirst()
    {
        await using var host = await SyncHost.StartAsync(SyncHost.UrlOf(_sandbox), _clock, null, ("Sync:ServiceName", "elsewhere"),
            ("Sync:Settling", "00:00:00"));
        var found = await CreateAsync(host);
        await using var finder = await StartAsync();
        await _clock.ArmedAsync(Settling.Equals);

        var lower = await CreateAsync(host);
        while (string.CompareOrdinal(lower.ToString(), found.ToString()) > 0) lower = await CreateAsync(host);
        await FinishAsync(finder);

        var all = await host.Client.Services.ListAsync().Where(s => s.FriendlyName == Name).Select(s => s.Sid).ToListAsync();
        finder.Space.Service.ToString().ShouldBe(all.Min(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Setup_ThatMadeTheYounger_TakesTheOlderAndDeletesItsOwn()
    {
        await using var host = await SyncHost.StartAsync(SyncHost.UrlOf(_sandbox), _clock, null, ("Sync:ServiceName", "elsewhere"),
            ("Sync:Settling", "00:00:00"));
        await using var late = await StartAsync();
        await _clock.ArmedAsync(Settling.Equals);
        var mine = (await NamedAsync(host)).Single();
        var rival = await CreateAsync(host);
        while (string.CompareOrdinal(rival.ToString(), mine.ToString()) > 0)
        {
            await host.Client.Services.DeleteAsync(rival);
            rival = await CreateAsync(host);
        }

        await FinishAsync(late);

        late.Space.Service.ShouldBe(rival);
        (await NamedAsync(host)).ShouldBe([rival]);
    }

    [Fact]
    public async Task Setup_OfAServiceThatHasStoodForLong_DoesNotWait()
    {
        await using var host = await SyncHost.StartAsync(SyncHost.UrlOf(_sandbox), _clock, null, ("Sync:ServiceName", "elsewhere"),
            ("Sync:Settling", "00:00:00"));
        var service = await CreateAsync(host);
        _clock.Advance(TimeSpan.FromMinutes(11));

        await using var next = await StartAsync();

        (await next.ReadyAsync()).ShouldBe(service);
    }

    public void Dispose() => _sandbox.Dispose();

    private Task<SyncHost> StartAsync() => SyncHost.StartAsync(SyncHost.UrlOf(_sandbox), _clock);

    private static async Task<string> CreateAsync(SyncHost host) => (await host.Client.Services.CreateAsync(Name)).Sid;

    private static ValueTask<List<string>> NamedAsync(SyncHost host) =>
        host.Client.Services.ListAsync().Where(s => s.FriendlyName == Name).Select(s => s.Sid).ToListAsync();

    private async Task FinishAsync(params SyncHost[] hosts)
    {
        while (!hosts.All(h => h.Space.IsReady)) await StepAsync();
    }

    /// <summary>A little time, and a request of our own, so that those under way get on meanwhile.</summary>
    private async Task StepAsync()
    {
        await _sandbox.CountAsync();
        _clock.Advance(Step);
    }

    private async Task ShouldShareOneServiceAsync(SyncHost one, SyncHost other)
    {
        other.Space.Service.ShouldBe(one.Space.Service);
        (await NamedAsync(one)).ShouldBe([one.Space.Service]);
        (await _sandbox.MapNamesAsync(one.Space.Service)).Count.ShouldBe(1);
    }
}
