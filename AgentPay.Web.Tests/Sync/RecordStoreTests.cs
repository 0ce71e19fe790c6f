using System.Collections.Concurrent;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentPay.Web.Tests.Sync;

/// <summary>A note. Words in lower case need not be stored.</summary>
public sealed record Note(string Text, int Version = 0);

/// <summary>Several stores over one table in memory, as several instances of AgentPay have it.</summary>
public sealed class RecordStoreTests : IDisposable
{
    private readonly ConcurrentDictionary<string, Stored<Note?>> _table = new();
    private readonly ManualClock _clock = new();
    private readonly Outbox _outbox;
    private readonly NoteStore _here;
    private readonly NoteStore _there;

    public RecordStoreTests()
    {
        _outbox = new(_clock, NullLogger<Outbox>.Instance);
        (_here, _there) = (new(_table, _outbox, _clock), new(_table, _outbox, _clock));
    }

    [Fact]
    public async Task Change_OfAKnownRecord_CostsOneWriteAndIsPublishedOnce()
    {
        await _here.CreateAsync("a", new("A"), default);
        var (reads, writes) = (_here.Reads, _here.Writes);
        _here.Shown.Clear();

        var change = await _here.ChangeAsync("a", note => note! with { Text = "AB" }, confirms: false, default);

        (change!.After.Text, _here.Reads - reads, _here.Writes - writes).ShouldBe(("AB", 0, 1));
        _here.Shown.ShouldBe(["AB"]);
    }

    [Fact]
    public async Task Change_AfterAnotherInstanceWasFirst_IsAppliedToWhatThatWrote()
    {
        await _here.CreateAsync("a", new("A"), default);
        await _there.ChangeAsync("a", Append("B"), confirms: false, default);

        var change = await _here.ChangeAsync("a", Append("C"), confirms: false, default);

        change!.After.Text.ShouldBe("ABC");
        _table["a"].Data!.Text.ShouldBe("ABC");
    }

    [Fact]
    public async Task Change_ByManyAtOnce_LosesNone()
    {
        await _here.CreateAsync("a", new("A"), default);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? _here : _there).ChangeAsync("a", Append("B"), confirms: false, default)));

        _table["a"].Data!.Text.ShouldBe("A" + new string('B', 20));
    }

    [Fact]
    public async Task Change_WhileSyncIsDown_IsNotShown()
    {
        await _here.CreateAsync("a", new("A"), default);
        _here.Shown.Clear();
        _here.Fault = NoteFault.Refused;

        await Should.ThrowAsync<TwilioException>(_here.ChangeAsync("a", Append("B"), confirms: false, default));

        _here.Known("a")!.Text.ShouldBe("A");
        _here.Shown.ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_AfterAWriteWhoseAnswerWasLost_ReadsFirst()
    {
        await _here.CreateAsync("a", new("A"), default);
        _here.Fault = NoteFault.AnswerLost;
        await Should.ThrowAsync<TwilioException>(_here.ChangeAsync("a", Append("B"), confirms: false, default));
        _here.Fault = NoteFault.None;

        var change = await _here.ChangeAsync("a", note => note!.Text.Contains('B') ? note : Append("B")(note), confirms: false, default);

        (change!.HasChanged, change.After.Text).ShouldBe((false, "AB"));
    }

    [Fact]
    public async Task Change_ThatDoesNotApply_IsConfirmedByAReadWhereAsked()
    {
        await _here.CreateAsync("a", new("A"), default);
        await _there.ChangeAsync("a", Append("B"), confirms: false, default);

        var change = await _here.ChangeAsync("a", note => note!.Text == "AB" ? note with { Text = "ABC" } : note, confirms: true, default);

        change!.After.Text.ShouldBe("ABC");
    }

    [Fact]
    public async Task Change_OfARecordThatDoesNotExist_IsNull()
    {
        (await _here.ChangeAsync("none", Append("B"), confirms: true, default)).ShouldBeNull();
        _here.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_ThatNeedNotBeStored_IsShownAndWrittenWithTheNext()
    {
        await _here.CreateAsync("a", new("A"), default);
        await _here.ChangeAsync("a", Append("b"), confirms: false, default);
        (_here.Known("a")!.Text, _table["a"].Data!.Text).ShouldBe(("Ab", "A"));

        await _here.ChangeAsync("a", Append("C"), confirms: false, default);

        _table["a"].Data!.Text.ShouldBe("AbC");
    }

    [Fact]
    public async Task StoreShown_WritesWhatWasOnlyShown()
    {
        await _here.CreateAsync("a", new("A"), default);
        await _here.ChangeAsync("a", Append("b"), confirms: false, default);

        await _here.StoreShownAsync("a", default);

        (_table["a"].Data!.Text, _table["a"].Data!.Version).ShouldBe(("Ab", 1));
    }

    [Fact]
    public async Task Accept_WhileSyncIsDown_IsShownAtOnceAndStoredLater()
    {
        await _here.CreateAsync("a", new("A"), default);
        _here.Shown.Clear();
        _here.Fault = NoteFault.Refused;

        var accepted = _here.Accept("a", Append("B"));
        (await accepted.Tried).ShouldBeFalse();
        (_here.Known("a")!.Text, _table["a"].Data!.Text).ShouldBe(("AB", "A"));
        _here.Fault = NoteFault.None;
        await _outbox.RetryAsync("note");

        (await accepted.Stored).ShouldBeTrue();
        _table["a"].Data!.Text.ShouldBe("AB");
        _here.Shown.ShouldBe(["AB"]);
    }

    [Fact]
    public async Task Accept_OfWhatIsShownAlready_WaitsUntilThatIsStored()
    {
        await _here.CreateAsync("a", new("A"), default);
        _here.Fault = NoteFault.Refused;
        await _here.Accept("a", Once("B")).Tried;

        var again = _here.Accept("a", Once("B"));
        again.HasChanged.ShouldBeFalse();
        again.Stored.IsCompleted.ShouldBeFalse();
        _here.Fault = NoteFault.None;
        await _outbox.RetryAsync("note");

        (await again.Stored).ShouldBeTrue();
        _table["a"].Data!.Text.ShouldBe("AB");
    }

    [Fact]
    public async Task Accept_ReadMeanwhile_StaysShown()
    {
        await _here.CreateAsync("a", new("A"), default);
        _here.IsWriteRefused = true;
        await _here.Accept("a", Append("B")).Tried;

        await _here.ReadAsync("a", default);
        await _here.ReadInTurnAsync("a", default);

        _here.Known("a")!.Text.ShouldBe("AB");
    }

    [Fact]
    public async Task Accept_OfARecordThatCannotBeRead_IsAppliedOnceItCan()
    {
        _table["a"] = new("a", new("A"), "0", null);
        _here.Fault = NoteFault.Refused;
        var accepted = _here.Accept("a", note => note is null ? null : Append("B")(note));
        (await accepted.Tried).ShouldBeFalse();

        _here.Fault = NoteFault.None;
        await _outbox.RetryAsync("note");

        (await accepted.Stored).ShouldBeTrue();
        _table["a"].Data!.Text.ShouldBe("AB");
    }

    [Fact]
    public async Task Accept_ThenAChange_WritesBothAtOnce()
    {
        await _here.CreateAsync("a", new("A"), default);
        _here.Fault = NoteFault.Refused;
        var accepted = _here.Accept("a", Append("B"));
        await accepted.Tried;
        _here.Fault = NoteFault.None;
        var writes = _here.Writes;

        await _here.ChangeAsync("a", Append("C"), confirms: false, default);

        (_table["a"].Data!.Text, _here.Writes - writes, await accepted.Stored).ShouldBe(("ABC", 1, true));
        _here.Told[^1].ShouldBe(("A", "ABC"));
    }

    [Fact]
    public async Task Accept_GivenUp_IsShownNoMore()
    {
        await _here.CreateAsync("a", new("A"), default);
        _here.Fault = NoteFault.TooLarge;

        (await _here.Accept("a", Append("B")).Stored).ShouldBeFalse();

        _here.Known("a")!.Text.ShouldBe("A");
    }

    [Fact]
    public async Task Read_OfWhatAnotherInstanceWrote_IsPublished()
    {
        await _here.CreateAsync("a", new("A"), default);
        await _there.ChangeAsync("a", Append("B"), confirms: false, default);
        _here.Shown.Clear();

        await _here.ReadAsync("a", default);
        await _here.ReadAsync("a", default);

        _here.Shown.ShouldBe(["AB"]);
    }

    [Fact]
    public async Task Import_ReadBeforeAWrite_DoesNotReplaceWhatWasWritten()
    {
        await _here.CreateAsync("a", new("A"), default);
        var (mark, old) = (_here.Mark(), _table["a"]);
        await _here.ChangeAsync("a", Append("B"), confirms: false, default);

        _here.Import("a", old, mark).ShouldBeFalse();

        _here.Known("a")!.Text.ShouldBe("AB");
    }

    [Fact]
    public async Task Import_OfTwoReadsThatOverlap_KeepsTheOneThatBeganLater()
    {
        await _here.CreateAsync("a", new("A"), default);
        var (older, olderMark) = (_table["a"], _here.Mark());
        await _there.ReadAsync("a", default);
        await _there.ChangeAsync("a", Append("B"), confirms: false, default);
        var (between, betweenMark) = (_table["a"], _here.Mark());
        await _there.ChangeAsync("a", Append("C"), confirms: false, default);
        var (newer, newerMark) = (_table["a"], _here.Mark());

        _here.Import("a", between, betweenMark).ShouldBeTrue();
        _here.Import("a", newer, newerMark).ShouldBeTrue();
        _here.Import("a", older, olderMark).ShouldBeFalse();
        _here.Import("a", between, betweenMark).ShouldBeFalse();

        _here.Known("a")!.Text.ShouldBe("ABC");
    }

    [Fact]
    public async Task Import_WhileAChangeIsWritten_MakesTheChangeApplyToWhatIsThere()
    {
        await _here.CreateAsync("a", new("A"), default);
        await _there.ChangeAsync("a", Append("B"), confirms: false, default);
        _here.BeforeWrite = () => _here.Import("a", _table["a"], _here.Mark());

        await _here.ChangeAsync("a", Append("C"), confirms: false, default);

        _table["a"].Data!.Text.ShouldBe("ABC");
    }

    [Fact]
    public async Task RemoveExpired_DropsWhatIsOverAndKeepsWhatIsUnstored()
    {
        foreach (var key in (string[])["a", "b", "c"]) await _here.CreateAsync(key, new(key == "c" ? "live" : "over"), default);
        _here.Fault = NoteFault.Refused;
        await _here.Accept("b", Append("B")).Tried;

        _here.RemoveExpired();

        _here.All.Select(note => note.Text).Order(StringComparer.Ordinal).ShouldBe(["live", "overB"]);
    }

    public void Dispose() => _outbox.Dispose();

    private static Func<Note?, Note?> Append(string text) => note => note is null ? null : note with { Text = note.Text + text };

    private static Func<Note?, Note?> Once(string text) => note => note!.Text.Contains(text, StringComparison.Ordinal) ? note : Append(text)(note);
}
