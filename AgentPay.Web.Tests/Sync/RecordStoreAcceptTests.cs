namespace AgentPay.Web.Tests.Sync;

/// <summary>Answer first: changes that are shown before Sync holds them.</summary>
public sealed class RecordStoreAcceptTests : RecordStoreTest
{
    [Fact]
    public async Task Accept_WhileTooManyChangesWait_IsRefusedAndNotShown()
    {
        await Here.CreateAsync("a", new("A"), default);
        Here.IsWriteRefused = true;
        for (var change = 0; change < NoteStore.MaxUnstored; change++) Here.Accept("a", Append("B"));
        var before = Here.Known("a")!.Text;

        var refused = Here.Accept("a", Append("C"));

        (await refused.Tried, await refused.Stored).ShouldBe((false, false));
        Here.Known("a")!.Text.ShouldBe(before);
    }

    [Fact]
    public async Task Accept_WhileSyncIsDown_IsShownAtOnceAndStoredLater()
    {
        await Here.CreateAsync("a", new("A"), default);
        Here.Shown.Clear();
        Here.Fault = NoteFault.Refused;

        var accepted = Here.Accept("a", Append("B"));
        (await accepted.Tried).ShouldBeFalse();
        (Here.Known("a")!.Text, Table["a"].Data!.Text).ShouldBe(("AB", "A"));
        Here.Fault = NoteFault.None;
        await Outbox.RetryAsync("note");

        (await accepted.Stored).ShouldBeTrue();
        Table["a"].Data!.Text.ShouldBe("AB");
        Here.Shown.ShouldBe(["AB"]);
    }

    [Fact]
    public async Task Accept_OfWhatIsShownAlready_WaitsUntilThatIsStored()
    {
        await Here.CreateAsync("a", new("A"), default);
        Here.Fault = NoteFault.Refused;
        await Here.Accept("a", Once("B")).Tried;

        var again = Here.Accept("a", Once("B"));
        again.HasChanged.ShouldBeFalse();
        again.Stored.IsCompleted.ShouldBeFalse();
        Here.Fault = NoteFault.None;
        await Outbox.RetryAsync("note");

        (await again.Stored).ShouldBeTrue();
        Table["a"].Data!.Text.ShouldBe("AB");
    }

    [Fact]
    public async Task Accept_ReadMeanwhile_StaysShown()
    {
        await Here.CreateAsync("a", new("A"), default);
        Here.IsWriteRefused = true;
        await Here.Accept("a", Append("B")).Tried;

        await Here.ReadAsync("a", default);
        await Here.ReadInTurnAsync("a", default);

        Here.Known("a")!.Text.ShouldBe("AB");
    }

    [Fact]
    public async Task Accept_OfARecordThatCannotBeRead_IsAppliedOnceItCan()
    {
        Table["a"] = new("a", new("A"), "0", null);
        Here.Fault = NoteFault.Refused;
        var accepted = Here.Accept("a", note => note is null ? null : Append("B")(note));
        (await accepted.Tried).ShouldBeFalse();

        Here.Fault = NoteFault.None;
        await Outbox.RetryAsync("note");

        (await accepted.Stored).ShouldBeTrue();
        Table["a"].Data!.Text.ShouldBe("AB");
    }

    [Fact]
    public async Task Accept_ThenAChange_WritesBothAtOnce()
    {
        await Here.CreateAsync("a", new("A"), default);
        Here.Fault = NoteFault.Refused;
        var accepted = Here.Accept("a", Append("B"));
        await accepted.Tried;
        Here.Fault = NoteFault.None;
        var writes = Here.Writes;

        await Here.ChangeAsync("a", Append("C"), confirms: false, default);

        (Table["a"].Data!.Text, Here.Writes - writes, await accepted.Stored).ShouldBe(("ABC", 1, true));
        Here.Told[^1].ShouldBe(("A", "ABC"));
    }

    [Fact]
    public async Task Accept_GivenUp_IsShownNoMore()
    {
        await Here.CreateAsync("a", new("A"), default);
        Here.Fault = NoteFault.TooLarge;

        (await Here.Accept("a", Append("B")).Stored).ShouldBeFalse();

        Here.Known("a")!.Text.ShouldBe("A");
    }
}
