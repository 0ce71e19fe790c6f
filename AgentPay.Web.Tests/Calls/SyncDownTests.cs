using AgentPay.Web.Calls;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Calls;

/// <summary>
/// Sync fails or is out of reach: calls are connected, nothing is lost, and Twilio is not told that something was stored when it was not.
/// </summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class SyncDownTests(CallsFixture fixture) : IClassFixture<CallsFixture>, IAsyncLifetime
{
    private readonly CallSid _customer = CallsFixture.NewCall();
    private readonly CallSid _pbx = CallsFixture.NewCall();
    private CallsApp _app = null!;
    private UuiMap _map = null!;

    public async Task InitializeAsync()
    {
        (_app, _map) = await fixture.StartAsync();
        await fixture.SetSyncDownAsync(true);
    }

    public async Task DisposeAsync()
    {
        await fixture.SetSyncDownAsync(false);
        await _app.Clock.UntilAsync(StopAsync());
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Inbound_SyncDown_IsPutThroughAtOnce()
    {
        var answer = await _app.PostWithoutWaitingAsync("/inboundHandler", Forms.CallsIn(_customer));

        answer.Twiml.Element("Dial")!.Element("Sip")!.Value.ShouldContain($"User-to-User={_customer}");
    }

    [Fact]
    public async Task Inbound_SyncDown_IsRecordedOnceSyncIsBack()
    {
        await _app.Clock.UntilAsync(_app.PostAsync("/inboundHandler", Forms.CallsIn(_customer)));
        await fixture.SetSyncDownAsync(false);

        (await _app.Clock.UntilAsync(StoredAsync(_customer.ToString()))).ShouldBeTrue();

        (await _map.GetAsync(_customer.ToString()))["status"].ShouldBe("ringing");
    }

    [Fact]
    public async Task Inbound_SyncDown_IsKnownOnThisInstanceAtOnce()
    {
        await _app.Clock.UntilAsync(_app.PostAsync("/inboundHandler", Forms.CallsIn(_customer)));

        var call = await _app.Directory.FindAsync(_customer.ToString(), CancellationToken.None);

        (call!.From, call.To).ShouldBe((Forms.Customer, Forms.Merchant));
        (await _app.NextListAsync(list => list.Live.Any())).All.Single().PstnSid.ShouldBe(_customer);
    }

    [Fact]
    public async Task Inbound_SyncDownForTheWholeCall_IsRecordedAsItEnded()
    {
        await _app.Clock.UntilAsync(_app.PostAsync("/inboundHandler", Forms.CallsIn(_customer)));
        await _app.Clock.UntilAsync(_app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "in-progress")));
        await _app.Clock.UntilAsync(_app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "completed")));
        await fixture.SetSyncDownAsync(false);

        await _app.Clock.UntilAsync(StoredAsync(_customer.ToString()));

        var item = await _map.GetAsync(_customer.ToString());
        (item["status"], item["from"], item["sipSid"], item.Ttl).ShouldBe(("completed", Forms.Customer, _pbx.ToString(), 15 * 60));
    }

    [Theory]
    [InlineData("in-progress")]
    [InlineData("completed")]
    public async Task OutboundSyncUpdate_SyncDown_Is503AndThenStoredWithTheNextTry(string status)
    {
        var form = Forms.CustomerLeg(_customer, _pbx, status);
        var uui = Guid.NewGuid().ToString();

        (await _app.Clock.UntilAsync(_app.PostAsync($"/outboundSyncUpdate?UUI={uui}", form))).Status.ShouldBe(503);
        await fixture.SetSyncDownAsync(false);
        (await _app.Clock.UntilAsync(StoredAsync(uui))).ShouldBeTrue();

        (await _app.PostAsync($"/outboundSyncUpdate?UUI={uui}", form)).Status.ShouldBe(200);
        (await _map.GetAsync(uui))["status"].ShouldBe(status);
    }

    [Fact]
    public async Task CallStatus_SyncDown_Is503ButTheEndIsToldAllTheSame()
    {
        CallSid? ended = null;
        _app.News.Ended += (call, _) =>
        {
            ended = call;
            return Task.CompletedTask;
        };

        (await _app.Clock.UntilAsync(_app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "completed")))).Status.ShouldBe(503);

        ended.ShouldBe(_customer);
    }

    [Fact]
    public async Task Stop_RecordsWaiting_AreStoredBeforeTheHostEnds()
    {
        await _app.Clock.UntilAsync(_app.PostAsync("/inboundHandler", Forms.CallsIn(_customer)));
        await fixture.SetSyncDownAsync(false);

        await _app.Clock.UntilAsync(StopAsync());

        (await _map.FindAsync(_customer.ToString())).ShouldNotBeNull();
    }

    [Fact]
    public async Task Waiting_LongerThanAnItemLives_IsGivenUp()
    {
        var stored = StoredAsync(_customer.ToString(), CallChanges.OfCustomer(Report()));

        _app.Clock.Advance(TimeSpan.FromHours(13));

        (await _app.Clock.UntilAsync(stored)).ShouldBeFalse();
        _app.Log.Lines.ShouldContain(line =>
            line.StartsWith("Error") && line.Contains($"Storing call {_customer} failed and is not retried"));
    }

    [Fact]
    public async Task Calls_ThatWaitInTheThousands_LeaveRoomForPayments()
    {
        var (outbox, never) = (_app.Get<Outbox>(), new TaskCompletionSource());
        var waiting = new OutboxWork(_ => never.Task) { Name = "Storing a call" };
        for (var call = 0; call < 8_000; call++) outbox.Enqueue(new("call", $"{call}"), waiting).ShouldBeTrue();

        (await StoredAsync(_customer.ToString(), CallChanges.OfCustomer(Report())).WaitAsync(TestLimit.Time)).ShouldBeFalse();

        for (var payment = 0; payment < 2_000; payment++) outbox.Enqueue(new("payment", $"{payment}"), waiting).ShouldBeTrue();
        never.SetResult();
    }

    [Fact]
    public async Task Inbound_SyncNeverReachedSinceTheStart_IsPutThroughAndRecordedOnceItIs()
    {
        await using var app = await CallsApp.StartAsync(fixture.Sandbox, service: null);

        var answer = await app.Clock.UntilAsync(app.PostAsync("/inboundHandler", Forms.CallsIn(_customer)));
        await fixture.SetSyncDownAsync(false);
        app.Get<SyncSpace>().Ready(_map.Service);

        answer.Twiml.Element("Dial").ShouldNotBeNull();
        (await app.Clock.UntilAsync(app.Get<CallStore>().Accept(_customer.ToString(), CallChanges.OfCustomer(Report()).Invoke).Stored))
            .ShouldBeTrue();
        (await _map.FindAsync(_customer.ToString())).ShouldNotBeNull();
    }

    /// <summary>Waits until Sync holds all changes of a call.</summary>
    private Task<bool> StoredAsync(string uui, CallChange? change = null) =>
        _app.Get<CallStore>().Accept(uui, known => change is null ? known : change(known)).Stored;

    private async Task<bool> StopAsync()
    {
        await _app.Get<Outbox>().StopAsync(CancellationToken.None);
        return true;
    }

    private LegReport Report() => new()
    {
        Leg = _customer,
        Status = CallStatus.Ringing,
        From = Forms.Customer,
        To = Forms.Merchant,
        IsInbound = true,
        At = _app.Clock.GetUtcNow(),
    };
}
