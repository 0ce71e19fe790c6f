using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sync;

public sealed class SyncLeaseTests : IAsyncLifetime, IDisposable
{
    private const string Document = "task";

    private readonly SandboxApp _sandbox = new();
    private SyncHost _host = null!;

    public async Task InitializeAsync() => _host = await SyncHost.StartReadyAsync(_sandbox);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task TryTake_ByTheOnlyInstance_AlwaysSucceedsAndCostsOneWrite()
    {
        var lease = Instance();
        (await lease.TryTakeAsync(default)).ShouldBeTrue();
        var before = await CountAsync();

        for (var interval = 0; interval < 3; interval++) (await lease.TryTakeAsync(default)).ShouldBeTrue();

        (await CountAsync()).ShouldBe((before.Reads, before.Writes + 3));
    }

    [Fact]
    public async Task TryTake_ByTwoInstancesInTurn_SucceedsForOneAndCostsTheOtherOneRead()
    {
        var (first, second) = (Instance(), Instance());
        await first.TryTakeAsync(default);
        await second.TryTakeAsync(default);
        await first.TryTakeAsync(default);
        var before = await CountAsync();

        for (var interval = 0; interval < 3; interval++)
        {
            (await second.TryTakeAsync(default)).ShouldBeTrue();
            (await first.TryTakeAsync(default)).ShouldBeFalse();
        }

        (await CountAsync()).ShouldBe((before.Reads + 3, before.Writes + 3));
    }

    [Fact]
    public async Task TryTake_AfterTheOtherInstanceHasStopped_SucceedsAtTheSecondRequest()
    {
        var (staying, stopping) = (Instance(), Instance());
        await staying.TryTakeAsync(default);
        await stopping.TryTakeAsync(default);

        (await staying.TryTakeAsync(default)).ShouldBeFalse();
        (await staying.TryTakeAsync(default)).ShouldBeTrue();
        (await staying.TryTakeAsync(default)).ShouldBeTrue();
    }

    [Fact]
    public async Task TryTake_ByAnInstanceThatHasJustStarted_Succeeds()
    {
        await Instance().TryTakeAsync(default);

        (await Instance().TryTakeAsync(default)).ShouldBeTrue();
    }

    [Fact]
    public async Task TryTake_AfterTheOtherHasTakenOverAndStopped_SucceedsAgain()
    {
        var (first, second) = (Instance(), Instance());
        await first.TryTakeAsync(default);
        await second.TryTakeAsync(default);
        (await first.TryTakeAsync(default)).ShouldBeFalse();
        await second.TryTakeAsync(default);

        (await first.TryTakeAsync(default)).ShouldBeFalse();
        (await first.TryTakeAsync(default)).ShouldBeTrue();
    }

    [Fact]
    public async Task TryTake_AfterTheDocumentWasDeleted_CreatesItAgain()
    {
        var lease = Instance();
        await lease.TryTakeAsync(default);
        await _host.Client.Documents.DeleteAsync(_host.Space.Service, Document);

        (await lease.TryTakeAsync(default)).ShouldBeTrue();
        (await lease.TryTakeAsync(default)).ShouldBeTrue();
    }

    [Fact]
    public async Task TryTake_ByManyWhenTheHolderHasStopped_SucceedsForOne()
    {
        var instances = Enumerable.Range(0, 5).Select(_ => Instance()).ToList();
        foreach (var instance in instances) await instance.TryTakeAsync(default);
        await Instance().TryTakeAsync(default);
        foreach (var instance in instances) (await instance.TryTakeAsync(default)).ShouldBeFalse();

        var taken = await Task.WhenAll(instances.Select(instance => instance.TryTakeAsync(default)));

        taken.Count(isMine => isMine).ShouldBe(1);
    }

    private SyncLease Instance() => new(_host.Get<DocumentStore<LeaseTurn>>(), Document);

    private Task<(int Reads, int Writes)> CountAsync() => _sandbox.CountAsync($"document:{Document}");
}
