using System.Xml.Linq;
using AgentPay.Web.Calls;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Calls;

/// <summary>The webhooks of a transfer, on a real server.</summary>
public sealed class TransferTests(CallsFixture fixture) : IClassFixture<CallsFixture>
{
    private readonly CallSid _customer = CallsFixture.NewCall();
    private readonly CallSid _agent = CallsFixture.NewCall();
    private readonly CallSid _target = CallsFixture.NewCall();
    private readonly List<CallSid> _ended = [];

    [Fact]
    public async Task Refer_ToAnExtension_DialsItWithTheUuiOfTheCall()
    {
        var (app, map) = await ConnectAsync();
        await using var _ = app;

        var answer = await ReferAsync(app, "<sip:1002@pbx.example.org?User-to-User=other>");

        (answer.Status, answer.MediaType).ShouldBe((200, "text/xml"));
        var dial = answer.Twiml.Elements().ShouldHaveSingleItem();
        dial.Attributes().Select(a => $"{a.Name}={a.Value}").ShouldBe(
        [
            $"callerId={Forms.Customer}", "answerOnBridge=true", $"referUrl={app.Url}/referHandler?UUI={_customer}#rc=3&rp=ct,rt,5xx",
        ], ignoreOrder: true);
        dial.Element("Sip")!.Value.ShouldBe($"sip:1002@pbx.example.org:5080?User-to-User={_customer}");
        dial.Element("Sip")!.Attribute("statusCallback")!.Value.ShouldBe($"{app.Url}/referStatus?UUI={_customer}#rc=3&rp=ct,rt,5xx");
        (await map.GetAsync(_customer.ToString())).Data.GetProperty("transfer").ToString()
            .ShouldBe("""{"to":"1002","state":"ringing","at":"2026-11-22T09:00:00+00:00"}""");
    }

    [Fact]
    public async Task Refer_ToAnAllowedNumber_ShowsANumberOfTheAccount()
    {
        var (app, _) = await ConnectAsync(("Voice:TransferTargets:0", "+6129*"));
        await using var __ = app;

        var dial = (await ReferAsync(app, "<tel:+61290000001>")).Twiml.Element("Dial")!;

        (dial.Attribute("callerId")!.Value, dial.Element("Number")!.Value).ShouldBe((Forms.Merchant, "+61290000001"));
    }

    [Theory]
    [InlineData("<tel:+61290000001>", "+61290000001", "its transfer is to a telephone number that Voice:TransferTargets does not allow")]
    [InlineData("<sip:1002@evil.example>", "sip:1002@evil.example",
        "its transfer is to a SIP address on another host that Voice:TransferTargets does not allow")]
    [InlineData("garbage", "", "its transfer has a target that cannot be read")]
    public async Task Refer_ToAForbiddenTarget_FailsSoThatTheCallStaysWithTheAgent(string referTo, string to, string reason)
    {
        var (app, _) = await ConnectAsync();
        await using var __ = app;

        var answer = await ReferAsync(app, referTo);

        (answer.Status, answer.Body).ShouldBe((422, "The transfer target is not allowed"));
        var call = app.Directory.Known(_customer)!;
        (call.Status, call.SipSid, call.Transfer!.State, call.Transfer.To)
            .ShouldBe((CallStatus.InProgress, _agent, TransferState.Refused, to));
        app.Get<RefusedCalls>().Latest.ShouldHaveSingleItem().Reason.ShouldBe(reason);
        app.Log.Lines.ShouldNotContain(line => line.Contains("290000001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refer_WithoutAnswerOnBridge_ReturnsTheCustomerToThePbxWhenItFails()
    {
        var (app, _) = await ConnectAsync(("Voice:AnswerOnBridge", "false"));
        await using var __ = app;

        var refused = await ReferAsync(app, "<tel:+61290000001>");
        await app.PostAsync("/callStatus", Forms.PbxLeg(_agent, _customer, "completed"));
        var call = app.Directory.Known(_customer)!;
        (call.Status, call.Transfer!.To, call.Transfer.State).ShouldBe((CallStatus.InProgress, Forms.Merchant, TransferState.Ringing));
        _ended.ShouldBeEmpty();
        var dialled = await ReferAsync(app, "<sip:1002@pbx.example.org>");
        var ended = new Uri(dialled.Twiml.Element("Dial")!.Attribute("action")!.Value).PathAndQuery;
        var unanswered = await app.PostAsync(ended, [.. Forms.CallsIn(_customer, "in-progress"), ("DialCallStatus", "no-answer")]);
        var answered = await app.PostAsync(ended, [.. Forms.CallsIn(_customer, "in-progress"), ("DialCallStatus", "completed")]);

        foreach (var back in new[] { refused, unanswered })
        {
            back.Twiml.Elements().Select(verb => verb.Name.ToString()).ShouldBe(["Say", "Dial"]);
            back.Twiml.Element("Dial")!.Element("Sip")!.Value
                .ShouldBe($"sip:{Forms.Merchant}@pbx.example.org:5080?User-to-User={_customer}");
        }
        answered.Twiml.Elements().Select(verb => verb.Name.ToString()).ShouldBe(["Hangup"]);
    }

    [Fact]
    public async Task FormerLeg_EndsAfterTheAnswer_TheCallAndItsPaymentGoOn()
    {
        var (app, _) = await ConnectAsync();
        await using var __ = app;
        await ReferAsync(app, "<sip:1002@pbx.example.org>");
        await TargetAsync(app, "in-progress");

        (await app.PostAsync("/callStatus", Forms.PbxLeg(_agent, _customer, "completed"))).Status.ShouldBe(204);

        _ended.ShouldBeEmpty();
        var call = (await app.Directory.FindAsync(_target, default))!;
        (call.PstnSid, call.SipSid, call.Status).ShouldBe((_customer, _target, CallStatus.InProgress));

        await TargetAsync(app, "completed");

        _ended.ShouldBe([_customer]);
    }

    [Fact]
    public async Task FormerLeg_EndReportedToAnInstanceThatDoesNotKnowTheTransfer_DoesNotEndTheCall()
    {
        var (app, map) = await ConnectAsync();
        await using var _ = app;
        await using var there = await CallsApp.StartAsync(fixture.Sandbox, map.Service);
        there.News.Ended += Keep;
        await there.Directory.RefreshAsync(default);
        await ReferAsync(app, "<sip:1002@pbx.example.org>");

        (await there.PostAsync("/callStatus", Forms.PbxLeg(_agent, _customer, "completed"))).Status.ShouldBe(204);
        (await there.PostAsync($"/referStatus?UUI={_customer}", Forms.PbxLeg(_target, _customer, "in-progress"))).Status.ShouldBe(204);

        _ended.ShouldBeEmpty();
        var item = await map.GetAsync(_customer.ToString());
        (item["status"], item["sipSid"]).ShouldBe(("in-progress", _target.ToString()));
    }

    [Fact]
    public async Task Customer_HangsUpDuringATransfer_EndsTheCall()
    {
        var (app, _) = await ConnectAsync();
        await using var __ = app;
        await ReferAsync(app, "<sip:1002@pbx.example.org>");

        await app.PostAsync("/callStatus", Forms.CallsIn(_customer, "completed"));
        await TargetAsync(app, "canceled");
        await ReferAsync(app, "<sip:1002@pbx.example.org>");

        app.Directory.Known(_customer)!.Status.ShouldBe(CallStatus.Completed);
        _ended.ShouldContain(_customer);
    }

    [Fact]
    public async Task Outbound_Transferred_KeepsUuiAndCustomerWhenThePbxsLegEnds()
    {
        var (app, _) = await fixture.StartAsync();
        await using var __ = app;
        app.News.Ended += Keep;
        var dial = (await app.PostAsync("/outboundHandler", Forms.CallsOut(_agent, "crm 7"))).Twiml.Element("Dial")!;
        await app.PostAsync("/outboundSyncUpdate?UUI=crm%207", Forms.CustomerLeg(_customer, _agent, "in-progress"));
        var refer = new Uri(dial.Attribute("referUrl")!.Value).PathAndQuery;

        var sip = (await app.PostAsync(refer,
            [.. Forms.CustomerLeg(_customer, _agent, "in-progress"), ("ReferTransferTarget", "<sip:1002@pbx.example.org>")]))
            .Twiml.Element("Dial")!.Element("Sip")!;
        await app.PostAsync(new Uri(sip.Attribute("statusCallback")!.Value).PathAndQuery, Forms.PbxLeg(_target, _customer, "in-progress"));
        await app.PostAsync("/callStatus", Forms.CallsOut(_agent, null, status: "completed"));

        sip.Value.ShouldBe("sip:1002@pbx.example.org:5080?User-to-User=crm%207");
        _ended.ShouldBeEmpty();
        var call = app.Directory.Known("crm 7")!;
        (call.PstnSid, call.SipSid, call.Status).ShouldBe((_customer, _target, CallStatus.InProgress));
    }

    [Fact]
    public async Task Refer_WhileSyncIsDown_IsDialled()
    {
        var (app, _) = await ConnectAsync();
        await using var __ = app;
        await fixture.SetSyncDownAsync(true);
        try
        {
            var answer = await app.Clock.UntilAsync(ReferAsync(app, "<sip:1002@pbx.example.org>"));

            answer.Twiml.Element("Dial")!.Element("Sip")!.Value.ShouldBe($"sip:1002@pbx.example.org:5080?User-to-User={_customer}");
        }
        finally
        {
            await fixture.SetSyncDownAsync(false);
        }
    }

    [Theory]
    [InlineData("/referHandler")]
    [InlineData("/referStatus")]
    [InlineData("/referEnded")]
    public async Task Webhook_WithoutAUui_Is400(string path)
    {
        await using var app = (await fixture.StartAsync()).App;

        (await app.PostAsync(path, Forms.CallsIn(_customer))).Status.ShouldBe(400);
    }

    private async Task<(CallsApp App, UuiMap Map)> ConnectAsync(params (string Key, string? Value)[] settings)
    {
        var (app, map) = await fixture.StartAsync(settings);
        app.News.Ended += Keep;
        await app.PostAsync("/inboundHandler", Forms.CallsIn(_customer));
        await app.PostAsync("/callStatus", Forms.PbxLeg(_agent, _customer, "in-progress"));
        return (app, map);
    }

    private Task Keep(CallSid call, CancellationToken _)
    {
        _ended.Add(call);
        return Task.CompletedTask;
    }

    private Task<WebhookAnswer> ReferAsync(CallsApp app, string target) =>
        app.PostAsync($"/referHandler?UUI={_customer}", [.. Forms.CallsIn(_customer, "in-progress"), ("ReferTransferTarget", target)]);

    private Task<WebhookAnswer> TargetAsync(CallsApp app, string status) =>
        app.PostAsync($"/referStatus?UUI={_customer}", Forms.PbxLeg(_target, _customer, status));
}
