using System.Collections.Immutable;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Sync;

/// <summary>Document writes while Sync fails: none is lost or executed twice.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class DocumentFaultTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Update_ByWritersAtOnceWhileSyncFails_LosesNone(int seed)
    {
        using var sandbox = new SandboxApp(new() { ["Sandbox:Seed"] = $"{seed}" });
        var clock = new WatchedClock(sandbox.Clock);
        await using var host = await SyncHost.StartReadyAsync(sandbox, clock);
        var notes = host.Get<DocumentStore<Note>>();
        await notes.CreateAsync("n", new([]), Hour, default);
        await sandbox.SetFaultsAsync(new { syncError = 0.25, syncThrottle = 0.1 });

        await clock.DriveAsync(Task.WhenAll(Enumerable.Range(0, 3).Select(writer => AddAsync(notes, writer, 5))));

        await sandbox.SetFaultsAsync(new { });
        (await notes.FetchAsync("n", default))!.Data.Labels.Order().ShouldBe(Labels(0, 5).Concat(Labels(1, 5)).Concat(Labels(2, 5)));
    }

    [Fact]
    public async Task Create_WhileSyncFails_MakesEachOnce()
    {
        using var sandbox = new SandboxApp();
        var clock = new WatchedClock(sandbox.Clock);
        await using var host = await SyncHost.StartReadyAsync(sandbox, clock);
        await sandbox.SetFaultsAsync(new { syncError = 0.5 });

        var made = new List<Stored<Note>>();
        // One after another: the clock is moved for one that waits, and would run away from others that are being answered.
        for (var n = 0; n < 10; n++)
            made.Add(await clock.DriveAsync(host.Get<DocumentStore<Note>>().CreateAsync($"n{n}", new([$"{n}"]), Hour, default)));

        made.Select(m => (m.Key, m.Data.Labels.Single(), m.Revision)).ShouldBe(Enumerable.Range(0, 10).Select(n => ($"n{n}", $"{n}", "0")));
    }

    [Fact]
    public async Task Update_DoneThoughItsAnswerWasLost_IsRecognised()
    {
        await using var sync = await ScriptedSync.StartAsync();
        sync.Answers(500, 412);
        sync.Document(revision: "8", """{"labels":["mine"]}""");

        var written = await sync.Clock.DriveAsync(sync.UpdateAsync(new Note(["mine"])));

        written.ShouldNotBeNull().Revision.ShouldBe("8");
        sync.Methods.ShouldBe(["POST", "POST", "GET"]);
    }

    [Fact]
    public async Task Update_WhoseAnswerWasLostAndSomebodyElseHasWritten_IsNull()
    {
        await using var sync = await ScriptedSync.StartAsync();
        sync.Answers(503, 412);
        sync.Document(revision: "8", """{"labels":["theirs"]}""");

        (await sync.Clock.DriveAsync(sync.UpdateAsync(new Note(["mine"])))).ShouldBeNull();
    }

    [Fact]
    public async Task Update_RefusedForItsRevisionAtOnce_IsNotTakenForDoneEvenWhenTheSameStandsThere()
    {
        await using var sync = await ScriptedSync.StartAsync();
        sync.Answers(412);
        sync.Document(revision: "8", """{"labels":["mine"]}""");

        (await sync.UpdateAsync(new Note(["mine"]))).ShouldBeNull();

        sync.Methods.ShouldBe(["POST"]);
    }

    [Fact]
    public async Task Update_RefusedForAnotherReason_IsNotTriedAgain()
    {
        await using var sync = await ScriptedSync.StartAsync();
        sync.Answers(400);

        (await Should.ThrowAsync<TwilioException>(sync.UpdateAsync(new Note([])))).Status.ShouldBe(System.Net.HttpStatusCode.BadRequest);

        sync.Methods.ShouldBe(["POST"]);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Update_ThatSyncNeverTakes_EndsWithTheTimeoutAndAFewRequests(int status)
    {
        await using var sync = await ScriptedSync.StartAsync();
        sync.Answers(status);
        var started = sync.Clock.GetUtcNow();

        var failure = await Should.ThrowAsync<TwilioException>(sync.Clock.DriveAsync(sync.UpdateAsync(new Note([]))));

        failure.IsUnavailable.ShouldBeTrue();
        failure.IsAmbiguous.ShouldBeTrue();
        (sync.Clock.GetUtcNow() - started).ShouldBe(Timeouts.SyncWrite);
        sync.Methods.Count.ShouldBeInRange(4, 40);
    }

    [Fact]
    public async Task Update_AskedToWaitLongerThanTheTimeout_GivesUpAtOnce()
    {
        await using var sync = await ScriptedSync.StartAsync();
        sync.Answers([429], ("Retry-After", "60"));

        (await Should.ThrowAsync<TwilioException>(sync.UpdateAsync(new Note([])))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(60));

        sync.Methods.ShouldBe(["POST"]);
    }

    [Fact]
    public async Task Update_AskedToWait_Waits()
    {
        await using var sync = await ScriptedSync.StartAsync();
        sync.Answers([503, 200], ("Retry-After", "4"));
        sync.Document("8", """{"labels":[]}""");
        var update = sync.UpdateAsync(new Note([]));

        await sync.Clock.ReachAsync(TimeSpan.FromSeconds(4));

        (await update).ShouldNotBeNull();
    }

    private static async Task<int> AddAsync(DocumentStore<Note> notes, int writer, int count)
    {
        foreach (var label in Labels(writer, count))
        {
            while (!await TryAddAsync(notes, label)) continue;
        }
        return count;
    }

    private static async Task<bool> TryAddAsync(DocumentStore<Note> notes, string label)
    {
        try
        {
            var known = (await notes.FetchAsync("n", default))!;
            return known.Data.Labels.Contains(label)
                || await notes.UpdateAsync(
                    "n", new(known.Data.Labels.Add(label)), known.Revision, null, SyncUrgency.Normal, default) is not null;
        }
        catch (TwilioException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Labels(int writer, int count) => Enumerable.Range(0, count).Select(number => $"{writer}.{number}");

    public sealed record Note(ImmutableArray<string> Labels);
}
