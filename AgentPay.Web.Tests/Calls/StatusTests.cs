using AgentPay.Web.Calls;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Calls;

public sealed class StatusTests(CallsFixture fixture) : IClassFixture<CallsFixture>, IAsyncLifetime
{
    private readonly CallSid _customer = CallsFixture.NewCall();
    private readonly CallSid _pbx = CallsFixture.NewCall();
    private CallsApp _app = null!;
    private UuiMap _map = null!;

    public async Task InitializeAsync() => (_app, _map) = await fixture.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task CallStatus_PbxLegAdvances_TakesTheCallWithIt()
    {
        await _app.PostAsync("/inboundHandler", Forms.CallsIn(_customer));
        var statuses = new List<string?>();

        foreach (var status in new[] { "initiated", "ringing", "in-progress", "completed" })
        {
            (await _app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, status))).Status.ShouldBe(204);
            statuses.Add((await _map.GetAsync(_customer.ToString()))["status"]);
        }

        statuses.ShouldBe(["ringing", "ringing", "in-progress", "completed"]);
    }

    [Fact]
    public async Task CallStatus_PbxLeg_IsNamedInTheRecord()
    {
        await _app.PostAsync("/inboundHandler", Forms.CallsIn(_customer));

        await _app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "in-progress"));

        var item = await _map.GetAsync(_customer.ToString());
        (item["sipSid"], item["pstnSid"], item["to"], item.Ttl)
            .ShouldBe((_pbx.ToString(), _customer.ToString(), Forms.Merchant, 12 * 3600));
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("busy")]
    [InlineData("no-answer")]
    [InlineData("failed")]
    [InlineData("canceled")]
    public async Task CallStatus_CallEnds_CutsTheLifeOfTheRecord(string status)
    {
        await _app.PostAsync("/inboundHandler", Forms.CallsIn(_customer));

        await _app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, status));

        var item = await _map.GetAsync(_customer.ToString());
        (item["status"], item.Ttl).ShouldBe((status, 15 * 60));
    }

    [Theory]
    [InlineData("in-progress,ringing,initiated", "in-progress")]
    [InlineData("completed,in-progress", "completed")]
    [InlineData("busy,completed", "busy")]
    [InlineData("in-progress,teleported,", "in-progress")]
    public async Task CallStatus_OutOfOrder_NeverGoesBack(string statuses, string last)
    {
        await _app.PostAsync("/inboundHandler", Forms.CallsIn(_customer));

        foreach (var status in statuses.Split(',')) await _app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, status));

        (await _map.GetAsync(_customer.ToString()))["status"].ShouldBe(last);
    }

    [Fact]
    public async Task CallStatus_Repeated_IsWrittenOnce()
    {
        await _app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "in-progress"));
        await _app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "in-progress"));

        (await _map.GetAsync(_customer.ToString())).Revision.ShouldBe("0");
    }

    [Fact]
    public async Task CallStatus_BeforeTheCallItself_MakesARecordThatTheCallCompletes()
    {
        await _app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "completed"));
        await _app.PostAsync("/inboundHandler", Forms.CallsIn(_customer));

        var item = await _map.GetAsync(_customer.ToString());
        (item["status"], item["direction"], item["from"], item["to"]).ShouldBe(("completed", "inbound", Forms.Customer, Forms.Merchant));
    }

    [Fact]
    public async Task CallStatus_OfTheNumberItself_EndsTheCall()
    {
        await _app.PostAsync("/inboundHandler", Forms.CallsIn(_customer));

        await _app.PostAsync("/callStatus", Forms.CallsIn(_customer, "completed"));

        (await _map.GetAsync(_customer.ToString()))["status"].ShouldBe("completed");
    }

    [Fact]
    public async Task CallStatus_OfTheSipDomain_EndsTheCallThatThePbxHasMade()
    {
        await _app.PostAsync("/outboundSyncUpdate?UUI=u1", Forms.CustomerLeg(_customer, _pbx, "in-progress"));

        await _app.PostAsync("/callStatus", Forms.CallsOut(_pbx, null, status: "completed"));

        (await _map.GetAsync("u1"))["status"].ShouldBe("completed");
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("in-progress")]
    public async Task CallStatus_LegOfNoKnownCall_IsTakenAndLeavesNothing(string status)
    {
        (await _app.PostAsync("/callStatus", Forms.CallsOut(_pbx, null, status: status))).Status.ShouldBe(204);

        (await _map.FindAsync(_pbx.ToString())).ShouldBeNull();
    }

    [Fact]
    public async Task OutboundSyncUpdate_CustomerAnswers_IsRecordedUnderTheUui()
    {
        var answer = await _app.PostAsync("/outboundSyncUpdate?UUI=a%26b%20%25", Forms.CustomerLeg(_customer, _pbx, "in-progress", at: 5));

        (answer.Status, answer.Body).ShouldBe((200, "a&b %"));
        (await _map.GetAsync("a&b %")).Data.ToString().ShouldBe(
            $$"""{"uui":"a&b %","pstnSid":"{{_customer}}","sipSid":"{{_pbx}}","from":"+61280000456","to":"+61400000123","direction":"outbound","status":"in-progress","at":"2026-11-22T09:00:05+00:00"}""");
    }

    [Fact]
    public async Task OutboundSyncUpdate_ItsOwnSidAsUui_IsMarkedUnlinked()
    {
        await _app.PostAsync($"/outboundSyncUpdate?UUI={_pbx}", Forms.CustomerLeg(_customer, _pbx, "in-progress"));

        (await _map.GetAsync(_pbx.ToString()))["isUnlinked"].ShouldBe("True");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?UUI=")]
    [InlineData("?UUI=a%2Fb")]
    [InlineData("?other=1")]
    public async Task OutboundSyncUpdate_NoUui_SaysWhatThePredecessorSaid(string query)
    {
        var answer = await _app.PostAsync("/outboundSyncUpdate" + query, Forms.CustomerLeg(_customer, _pbx, "in-progress"));

        (answer.Status, answer.Body).ShouldBe((200, "Cannot extract UUI from call, so cannot establish Pay"));
    }

    [Fact]
    public async Task OutboundSyncUpdate_CustomerHangsUp_EndsTheCall()
    {
        await _app.PostAsync("/outboundSyncUpdate?UUI=u2", Forms.CustomerLeg(_customer, _pbx, "in-progress", 1));
        await _app.PostAsync("/outboundSyncUpdate?UUI=u2", Forms.CustomerLeg(_customer, _pbx, "completed", 9));

        var item = await _map.GetAsync("u2");
        (item["status"], item.Ttl).ShouldBe(("completed", 15 * 60));
    }

    [Fact]
    public async Task OutboundSyncUpdate_EndBeforeTheAnswer_LeavesNoLiveCallBehind()
    {
        await _app.PostAsync("/outboundSyncUpdate?UUI=u3", Forms.CustomerLeg(_customer, _pbx, "completed", 9));
        await _app.PostAsync("/outboundSyncUpdate?UUI=u3", Forms.CustomerLeg(_customer, _pbx, "in-progress", 1));

        (await _map.GetAsync("u3"))["status"].ShouldBe("completed");
    }

    [Theory]
    [InlineData("busy")]
    [InlineData("no-answer")]
    public async Task OutboundSyncUpdate_CustomerNeverAnswers_LeavesNothing(string status)
    {
        (await _app.PostAsync("/outboundSyncUpdate?UUI=u4", Forms.CustomerLeg(_customer, _pbx, status))).Status.ShouldBe(200);

        (await _map.FindAsync("u4")).ShouldBeNull();
    }

    [Fact]
    public async Task OutboundSyncUpdate_SecondLegOfAUui_IsFoundOnceTheFirstHasEnded()
    {
        var second = CallsFixture.NewCall();
        await _app.PostAsync("/outboundSyncUpdate?UUI=u5", Forms.CustomerLeg(_customer, _pbx, "in-progress", 1));
        await _app.PostAsync("/outboundSyncUpdate?UUI=u5", Forms.CustomerLeg(second, _pbx, "in-progress", 20));
        (await _app.Directory.FindAsync("u5", default))!.PstnSid.ShouldBe(_customer);

        await _app.PostAsync("/outboundSyncUpdate?UUI=u5", Forms.CustomerLeg(_customer, _pbx, "in-progress", 1));
        await _app.PostAsync("/outboundSyncUpdate?UUI=u5", Forms.CustomerLeg(_customer, _pbx, "completed", 19));

        var call = await _app.Directory.FindAsync("u5", default);
        (call!.PstnSid, call.Status).ShouldBe((second, CallStatus.InProgress));
        (await _map.GetAsync(second.ToString()))["pstnSid"].ShouldBe(second.ToString());
    }

    [Fact]
    public async Task OutboundSyncUpdate_ConsultCallUnderTheCustomersSid_LeavesTheCustomersCall()
    {
        var (third, other) = (CallsFixture.NewCall(), CallsFixture.NewCall());
        await _app.PostAsync("/inboundHandler", Forms.CallsIn(_customer));
        await _app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "in-progress"));

        await _app.PostAsync($"/outboundSyncUpdate?UUI={_customer}", Forms.CustomerLeg(third, other, "in-progress", 20));

        (await _app.Directory.FindAsync(_customer.ToString(), default))!.PstnSid.ShouldBe(_customer);
        (await _app.Directory.FindAsync(_customer, default))!.PstnSid.ShouldBe(_customer);
        (await _app.Directory.FindAsync(third, default))!.PstnSid.ShouldBe(third);
        await _app.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "completed", 30));
        (await _app.Directory.FindAsync(_customer, default))!.HasEnded.ShouldBeTrue();
        await _app.PostAsync($"/outboundSyncUpdate?UUI={_customer}", Forms.CustomerLeg(third, other, "completed", 40));
        (await _app.Directory.FindAsync(third, default))!.HasEnded.ShouldBeTrue();
        (await _app.Directory.FindAsync(_customer.ToString(), default))!.PstnSid.ShouldBe(_customer);
    }

    [Theory]
    [InlineData("/callStatus")]
    [InlineData("/outboundSyncUpdate?UUI=u")]
    public async Task Status_NoCallSid_Is400(string route) =>
        (await _app.PostAsync(route, ("CallStatus", "completed"))).Status.ShouldBe(400);
}
