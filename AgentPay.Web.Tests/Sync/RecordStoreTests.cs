using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Sync;

/// <summary>Write first, reads, imports.</summary>
public sealed class RecordStoreTests : RecordStoreTest
{
    [Fact]
    public async Task Change_OfAKnownRecord_CostsOneWriteAndIsPublishedOnce()
    {
        await Here.CreateAsync("a", new("A"), default);
        var (reads, writes) = (Here.Reads, Here.Writes);
        Here.Shown.Clear();

        var change = await Here.ChangeAsync("a", note => note! with { Text = "AB" }, confirms: false, default);

        (change!.After.Text, Here.Reads - reads, Here.Writes - writes).ShouldBe(("AB", 0, 1));
        Here.Shown.ShouldBe(["AB"]);
    }

    [Fact]
    public async Task Change_AfterAnotherInstanceWasFirst_IsAppliedToWhatThatWrote()
    {
        await Here.CreateAsync("a", new("A"), default);
        await There.ChangeAsync("a", Append("B"), confirms: false, default);

        var change = await Here.ChangeAsync("a", Append("C"), confirms: false, default);

        change!.After.Text.ShouldBe("ABC");
        Table["a"].Data!.Text.ShouldBe("ABC");
    }

    [Fact]
    public async Task Change_ByManyAtOnce_LosesNone()
    {
        await Here.CreateAsync("a", new("A"), default);

        await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(n => (n % 2 == 0 ? Here : There).ChangeAsync("a", Append("B"), confirms: false, default)));

        Table["a"].Data!.Text.ShouldBe("A" + new string('B', 20));
    }

    [Fact]
    public async Task Change_WhileSyncIsDown_IsNotShown()
    {
        await Here.CreateAsync("a", new("A"), default);
        Here.Shown.Clear();
        Here.Fault = NoteFault.Refused;

        await Should.ThrowAsync<TwilioException>(Here.ChangeAsync("a", Append("B"), confirms: false, default));

        Here.Known("a")!.Text.ShouldBe("A");
        Here.Shown.ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_AfterAWriteWhoseAnswerWasLost_ReadsFirst()
    {
        await Here.CreateAsync("a", new("A"), default);
        Here.Fault = NoteFault.AnswerLost;
        await Should.ThrowAsync<TwilioException>(Here.ChangeAsync("a", Append("B"), confirms: false, default));
        Here.Fault = NoteFault.None;

        var change = await Here.ChangeAsync("a", note => note!.Text.Contains('B') ? note : Append("B")(note), confirms: false, default);

        (change!.HasChanged, change.After.Text).ShouldBe((false, "AB"));
    }

    [Fact]
    public async Task Change_ThatDoesNotApply_IsConfirmedByAReadWhereAsked()
    {
        await Here.CreateAsync("a", new("A"), default);
        await There.ChangeAsync("a", Append("B"), confirms: false, default);

        var change = await Here.ChangeAsync("a", note => note!.Text == "AB" ? note with { Text = "ABC" } : note, confirms: true, default);

        change!.After.Text.ShouldBe("ABC");
    }

    [Fact]
    public async Task Change_OfARecordThatDoesNotExist_IsNull()
    {
        (await Here.ChangeAsync("none", Append("B"), confirms: true, default)).ShouldBeNull();
        Here.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_ThatNeedNotBeStored_IsShownAndWrittenWithTheNext()
    {
        await Here.CreateAsync("a", new("A"), default);
        await Here.ChangeAsync("a", Append("b"), confirms: false, default);
        (Here.Known("a")!.Text, Table["a"].Data!.Text).ShouldBe(("Ab", "A"));

        await Here.ChangeAsync("a", Append("C"), confirms: false, default);

        Table["a"].Data!.Text.ShouldBe("AbC");
    }

    [Fact]
    public async Task StoreShown_WritesWhatWasOnlyShown()
    {
        await Here.CreateAsync("a", new("A"), default);
        await Here.ChangeAsync("a", Append("b"), confirms: false, default);

        await Here.StoreShownAsync("a", default);

        (Table["a"].Data!.Text, Table["a"].Data!.Version).ShouldBe(("Ab", 1));
    }

    [Fact]
    public async Task Read_OfWhatAnotherInstanceWrote_IsPublished()
    {
        await Here.CreateAsync("a", new("A"), default);
        await There.ChangeAsync("a", Append("B"), confirms: false, default);
        Here.Shown.Clear();

        await Here.ReadAsync("a", default);
        await Here.ReadAsync("a", default);

        Here.Shown.ShouldBe(["AB"]);
    }

    [Fact]
    public async Task Import_ReadBeforeAWrite_DoesNotReplaceWhatWasWritten()
    {
        await Here.CreateAsync("a", new("A"), default);
        var (mark, old) = (Here.Mark(), Table["a"]);
        await Here.ChangeAsync("a", Append("B"), confirms: false, default);

        Here.Import("a", old, mark).ShouldBeFalse();

        Here.Known("a")!.Text.ShouldBe("AB");
    }

    [Fact]
    public async Task Import_OfTwoReadsThatOverlap_KeepsTheOneThatBeganLater()
    {
        await Here.CreateAsync("a", new("A"), default);
        var (older, olderMark) = (Table["a"], Here.Mark());
        await There.ReadAsync("a", default);
        await There.ChangeAsync("a", Append("B"), confirms: false, default);
        var (between, betweenMark) = (Table["a"], Here.Mark());
        await There.ChangeAsync("a", Append("C"), confirms: false, default);
        var (newer, newerMark) = (Table["a"], Here.Mark());

        Here.Import("a", between, betweenMark).ShouldBeTrue();
        Here.Import("a", newer, newerMark).ShouldBeTrue();
        Here.Import("a", older, olderMark).ShouldBeFalse();
        Here.Import("a", between, betweenMark).ShouldBeFalse();

        Here.Known("a")!.Text.ShouldBe("ABC");
    }

    [Fact]
    public async Task Import_WhileAChangeIsWritten_MakesTheChangeApplyToWhatIsThere()
    {
        await Here.CreateAsync("a", new("A"), default);
        await There.ChangeAsync("a", Append("B"), confirms: false, default);
        Here.BeforeWrite = () => Here.Import("a", Table["a"], Here.Mark());

        await Here.ChangeAsync("a", Append("C"), confirms: false, default);

        Table["a"].Data!.Text.ShouldBe("ABC");
    }

    [Fact]
    public async Task RemoveExpired_WithTooManyRecords_DropsThoseThatAreOver()
    {
        await Here.CreateAsync("a", new("Done"), default);
        await Here.CreateAsync("b", new("Running"), default);
        Here.RemoveExpired();
        Here.Count.ShouldBe(2);

        Here.Most = 1;
        Here.RemoveExpired();

        (Here.Known("a"), Here.Known("b")?.Text).ShouldBe((null, "Running"));
        (await Here.LoadAsync("a", default))!.Text.ShouldBe("Done");
    }

    [Fact]
    public async Task RemoveExpired_DropsWhatIsOverAndKeepsWhatIsUnstored()
    {
        foreach (var key in (string[])["a", "b", "c"]) await Here.CreateAsync(key, new(key == "c" ? "live" : "over"), default);
        Here.Fault = NoteFault.Refused;
        await Here.Accept("b", Append("B")).Tried;

        Here.RemoveExpired();

        Here.All.Select(note => note.Text).Order(StringComparer.Ordinal).ShouldBe(["live", "overB"]);
    }
}
