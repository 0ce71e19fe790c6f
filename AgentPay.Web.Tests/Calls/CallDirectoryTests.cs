using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Calls;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Calls;

/// <summary>Two instances of AgentPay over one Sync service.</summary>
public sealed class CallDirectoryTests(CallsFixture fixture) : IClassFixture<CallsFixture>, IAsyncLifetime
{
    private readonly CallSid _customer = CallsFixture.NewCall();
    private readonly CallSid _pbx = CallsFixture.NewCall();
    private CallsApp _here = null!;
    private CallsApp _there = null!;
    private UuiMap _map = null!;

    public async Task InitializeAsync()
    {
        (_here, _map) = await fixture.StartAsync();
        _there = await CallsApp.StartAsync(fixture.Sandbox, _map.Service);
    }

    public async Task DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Find_ByUui_FindsItOnEitherInstance(bool here)
    {
        await AnswerAsync("u1");

        var call = await (here ? _here : _there).Directory.FindAsync("u1", default);

        (call!.PstnSid, call.SipSid, call.Direction, call.Status)
            .ShouldBe((_customer, _pbx, CallDirection.Outbound, CallStatus.InProgress));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Find_StoredCall_SaysWhenItExpires(bool here)
    {
        var before = fixture.Sandbox.Clock.GetUtcNow();
        await AnswerAsync("u0");

        (await (here ? _here : _there).Directory.FindAsync("u0", default))!.Expires.ShouldBe(before.AddHours(12));
    }

    [Fact]
    public async Task Find_ByEitherLegOnTheOtherInstance_FindsIt()
    {
        await AnswerAsync("u2");

        (await _there.Directory.FindAsync(_pbx, default))!.Uui.ShouldBe("u2");
        (await _there.Directory.FindAsync(_customer, default))!.Uui.ShouldBe("u2");
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("..")]
    public async Task Find_NoSuchUui_IsNull(string uui) => (await _here.Directory.FindAsync(uui, default)).ShouldBeNull();

    [Fact]
    public async Task Find_NoSuchLeg_IsNull() => (await _here.Directory.FindAsync(_pbx, default)).ShouldBeNull();

    [Fact]
    public async Task Find_ChangedElsewhere_IsSeenAfterAWhile()
    {
        await AnswerAsync("u3");
        (await _there.Directory.FindAsync("u3", default))!.HasEnded.ShouldBeFalse();
        await _here.PostAsync("/outboundSyncUpdate?UUI=u3", Forms.CustomerLeg(_customer, _pbx, "completed", 9));

        _there.Clock.Advance(TimeSpan.FromSeconds(6));

        (await _there.Directory.FindAsync("u3", default))!.HasEnded.ShouldBeTrue();
    }

    [Fact]
    public async Task Find_AfterTheRecordHasExpired_IsNull()
    {
        await AnswerAsync("u4");

        fixture.Sandbox.Clock.Advance(TimeSpan.FromHours(13));
        _here.Clock.Advance(TimeSpan.FromHours(13));

        (await _here.Directory.FindAsync("u4", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Find_ItemsOfThePredecessor_AreCalls()
    {
        await _map.PutAsync("u5", $$"""{"uui":"u5","pstnSid":"{{_customer}}"}""");

        var call = await _here.Directory.FindAsync("u5", default);

        call.ShouldBe(new Web.Calls.Call { Uui = "u5", PstnSid = _customer });
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"uui":"u6","pstnSid":"undefined"}""")]
    [InlineData("""{"uui":7,"pstnSid":"CA00000000000000000000000000000001"}""")]
    [InlineData("""{"uui":"u6","pstnSid":"CA00000000000000000000000000000001","direction":"sideways"}""")]
    public async Task Refresh_ItemsThatAreNoCalls_ArePassedOver(string data)
    {
        await AnswerAsync("u6");
        await _map.PutAsync("garbage", data);

        (await _there.Directory.RefreshAsync(default)).All.Single().Uui.ShouldBe("u6");
    }

    [Fact]
    public async Task Record_OverAnItemThatIsNoCall_ReplacesIt()
    {
        await _map.PutAsync("u7", "{}");

        await AnswerAsync("u7");

        (await _map.GetAsync("u7"))["pstnSid"].ShouldBe(_customer.ToString());
    }

    [Fact]
    public async Task Record_MapIsGone_MakesItAgain()
    {
        await _map.DeleteMapAsync();

        await AnswerAsync("u8");

        (await _map.GetAsync("u8"))["pstnSid"].ShouldBe(_customer.ToString());
    }

    [Fact]
    public async Task Record_BothInstancesAtOnce_LosesNothing()
    {
        string[] statuses = ["ringing", "in-progress", "initiated", "completed"];
        var answers = await Task.WhenAll(statuses.SelectMany(status =>
            new[] { _here, _there }.Select(app => app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, status)))
            .Append(_there.PostAsync("/inboundHandler", Forms.CallsIn(_customer)))));

        answers.ShouldAllBe(answer => answer.Status < 300);
        var item = await _map.GetAsync(_customer.ToString());
        (item["status"], item["to"], item["from"], item["sipSid"], item.Ttl)
            .ShouldBe(("completed", Forms.Merchant, Forms.Customer, _pbx.ToString(), 15 * 60));
    }

    [Fact]
    public async Task Record_UsualCall_CostsFourWritesAndNoRead()
    {
        using var reset = await fixture.Sandbox.Anonymous.GetAsync("sandbox/control/stats");
        var before = Uses(await reset.Content.ReadFromJsonAsync<JsonElement>());

        await _here.PostAsync("/inboundHandler", Forms.CallsIn(_customer));
        foreach (var status in new[] { "initiated", "ringing", "in-progress", "completed" })
            await _here.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, status));

        using var stats = await fixture.Sandbox.Anonymous.GetAsync("sandbox/control/stats");
        var after = Uses(await stats.Content.ReadFromJsonAsync<JsonElement>());
        (after.Reads - before.Reads, after.Writes - before.Writes).ShouldBe((0, 4));
    }

    [Fact]
    public async Task Refresh_CallsOfAllInstances_ReachWhoeverWatches()
    {
        await AnswerAsync("u9");
        var list = _there.NextListAsync(l => l.Live.Any(c => c.Uui == "u9"));

        await _there.Directory.RefreshAsync(default);

        (await list).Live.Single().Status.ShouldBe(CallStatus.InProgress);
    }

    [Fact]
    public async Task Refresh_CallIsGone_LeavesTheList()
    {
        await AnswerAsync("u10");
        (await _here.Directory.RefreshAsync(default)).All.Count.ShouldBe(1);
        await _map.DeleteMapAsync();
        await AnswerAsync("u11");

        (await _here.Directory.RefreshAsync(default)).All.Select(c => c.Uui).ShouldBe(["u11"]);
    }

    [Fact]
    public async Task Refresh_NothingNew_KeepsTheVersion()
    {
        await AnswerAsync("u12");
        var first = await _there.Directory.RefreshAsync(default);

        (await _there.Directory.RefreshAsync(default)).Version.ShouldBe(first.Version);
    }

    [Fact]
    public async Task Webhook_HandledHere_ReachesWhoeverWatchesHere()
    {
        var list = _here.NextListAsync(l => l.All.Any(c => c.Status == CallStatus.Completed));

        await _here.PostAsync("/inboundHandler", Forms.CallsIn(_customer));
        await _here.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "completed"));

        (await list).Live.ShouldBeEmpty();
    }

    [Fact]
    public async Task IsWatched_FollowsTheReaders()
    {
        _here.Directory.IsWatched.ShouldBeFalse();
        using var reading = new CancellationTokenSource();
        await using var reader = _here.Get<LiveFeed<string, CallList>>().WatchAsync(CallDirectory.ListKey, reading.Token)
            .GetAsyncEnumerator();

        var next = reader.MoveNextAsync().AsTask();
        _here.Directory.IsWatched.ShouldBeTrue();
        await reading.CancelAsync();

        // A poll may have published the list meanwhile.
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            while (await next) next = reader.MoveNextAsync().AsTask();
        });
        _here.Directory.IsWatched.ShouldBeFalse();
    }

    private async Task AnswerAsync(string uui) =>
        (await _here.PostAsync($"/outboundSyncUpdate?UUI={uui}", Forms.CustomerLeg(_customer, _pbx, "in-progress", 1))).Status
            .ShouldBe(200);

    private static (long Reads, long Writes) Uses(JsonElement stats) =>
        stats.GetProperty("sync").GetProperty("objects").TryGetProperty("map:uuiMap", out var map)
            ? (map.GetProperty("reads").GetInt64(), map.GetProperty("writes").GetInt64()) : (0, 0);
}
