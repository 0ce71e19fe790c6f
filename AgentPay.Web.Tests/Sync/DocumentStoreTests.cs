using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sync;

public sealed class DocumentStoreTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly SandboxApp _sandbox = new();
    private SyncHost _host = null!;

    private DocumentStore<Note> Notes => _host.Get<DocumentStore<Note>>();

    public async Task InitializeAsync() => _host = await SyncHost.StartReadyAsync(_sandbox);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Create_OfANewName_IsThereWithItsLifetime()
    {
        var made = await Notes.CreateAsync("n", new("Grüße", 1), Hour, default);

        made.ShouldBe(new Stored<Note>("n", new("Grüße", 1), "0",
            _sandbox.Clock.GetUtcNow() + Hour) { Updated = _sandbox.Clock.GetUtcNow() });
        (await Notes.FetchAsync("n", default)).ShouldBe(made);
        (await _sandbox.CountAsync("document:n")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Create_OfANameThatIsTaken_ReturnsWhatIsThere()
    {
        await Notes.CreateAsync("n", new("first", 1), Hour, default);

        (await Notes.CreateAsync("n", new("second", 2), Hour, default)).Data.Text.ShouldBe("first");
    }

    [Fact]
    public async Task Create_ByManyAtOnce_GivesAllOfThemTheSame()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Notes.CreateAsync("n", new("", n), Hour, default)));

        made.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Fetch_OfNothing_IsNull()
    {
        (await Notes.FetchAsync("nothing", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Update_OverTheKnownRevision_CostsOneWriteAndNoRead()
    {
        var made = await Notes.CreateAsync("n", new("first", 1), Hour, default);
        var before = await _sandbox.CountAsync("document:n");

        var updated = await Notes.UpdateAsync("n", new("second", 2), made.Revision, null, SyncUrgency.Normal, default);

        updated.ShouldBe(new Stored<Note>("n", new("second", 2), "1", made.Expires) { Updated = made.Updated });
        (await _sandbox.CountAsync("document:n")).ShouldBe((before.Reads, before.Writes + 1));
    }

    [Fact]
    public async Task Update_WithANewLifetime_MovesTheExpiry()
    {
        var made = await Notes.CreateAsync("n", new("first", 1), Hour, default);

        var updated = await Notes.UpdateAsync("n", made.Data, made.Revision, 2 * Hour, SyncUrgency.Final, default);

        updated!.Expires.ShouldBe(_sandbox.Clock.GetUtcNow() + (2 * Hour));
    }

    [Fact]
    public async Task Update_OverAnOldRevision_IsNullAndChangesNothingAndReadsNothing()
    {
        var made = await Notes.CreateAsync("n", new("first", 1), Hour, default);
        await Notes.UpdateAsync("n", new("second", 2), made.Revision, null, SyncUrgency.Normal, default);

        (await Notes.UpdateAsync("n", new("third", 3), made.Revision, null, SyncUrgency.Normal, default)).ShouldBeNull();

        (await _sandbox.CountAsync("document:n")).Reads.ShouldBe(0);
        (await Notes.FetchAsync("n", default))!.Data.Number.ShouldBe(2);
    }

    [Fact]
    public async Task Update_OfWhatHasExpired_IsNull()
    {
        var made = await Notes.CreateAsync("n", new("first", 1), Hour, default);
        _sandbox.Clock.Advance(Hour);

        (await Notes.UpdateAsync("n", new("second", 2), made.Revision, null, SyncUrgency.Normal, default)).ShouldBeNull();
        (await Notes.CreateAsync("n", new("again", 3), Hour, default)).Data.Number.ShouldBe(3);
    }

    [Fact]
    public async Task Update_ByWritersAtOnce_LosesNone()
    {
        await Notes.CreateAsync("n", new("", 0), Hour, default);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => IncrementAsync(6)));

        (await Notes.FetchAsync("n", default))!.Data.Number.ShouldBe(30);
    }

    private async Task IncrementAsync(int times)
    {
        for (var done = 0; done < times;)
        {
            var known = (await Notes.FetchAsync("n", default))!;
            if (await Notes.UpdateAsync("n", new("", known.Data.Number + 1), known.Revision, null, SyncUrgency.Normal, default) is not null)
                done++;
        }
    }

    public sealed record Note(string Text, int Number);
}
