using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Tests.Sandbox.Phone;

namespace AgentPay.Web.Tests.Sandbox.Voice;

/// <summary>SIP REFER: twilio.com/docs/voice/api/refer-to-twilio, with its table of scenarios.</summary>
public sealed class ReferTests
{
    private const string Target = "<Dial><Sip>sip:1002@pbx.example.com?User-to-User=7</Sip></Dial>";
    private static readonly Dictionary<string, string?> TellsTheEnd = new() { ["Sandbox:InboundStatusCallback"] = "{owner}/ended" };

    [Fact]
    public async Task Refer_Sent_AsksReferUrlForTheTransferredParty()
    {
        await using var lab = await StartAsync("true");
        var (parent, child) = await lab.ConnectAsync();

        await lab.Sandbox.Control.ReferAsync(child, "1002");

        var asked = await lab.Owner.NextAsync(webhook => webhook.Path == "/refer");
        (asked["CallSid"], asked["CallStatus"], asked["ReferTransferTarget"])
            .ShouldBe((parent, "in-progress", "<sip:1002@pbx.example.com>"));
    }

    [Fact]
    public async Task AnswerOnBridge_TargetAnswers_DisconnectsThePhoneOnlyThen()
    {
        await using var lab = await StartAsync("true");
        var (parent, child) = await lab.ConnectAsync();

        await lab.Sandbox.Control.ReferAsync(child, "1002", answer: false);

        var target = (await lab.ChildrenAsync(parent))[1];
        (await StatusesAsync(lab, parent, child, target)).ShouldBe("in-progress in-progress ringing");
        await lab.ActAsync(target, "answer");
        (await StatusesAsync(lab, parent, child, target)).ShouldBe("in-progress completed in-progress");
        await lab.ActAsync(target, "hangup");
        await lab.UntilAsync(parent, "completed");
    }

    [Theory]
    [InlineData("hangup")]
    [InlineData("timeout")]
    public async Task AnswerOnBridge_TargetDoesNotAnswer_LeavesTheCallAndMayBeTriedAgain(string how)
    {
        await using var lab = await StartAsync("true");
        var (parent, child) = await lab.ConnectAsync();
        await lab.Sandbox.Control.ReferAsync(child, "1002", answer: false);
        var target = (await lab.ChildrenAsync(parent))[1];

        if (how == "hangup") await lab.ActAsync(target, "hangup");
        else lab.Sandbox.Clock.Advance(TimeSpan.FromSeconds(31));
        await lab.UntilAsync(target, how == "hangup" ? "busy" : "no-answer");

        (await StatusesAsync(lab, parent, child)).ShouldBe("in-progress in-progress");
        await lab.Sandbox.Control.ReferAsync(child, "1003");
        (await StatusesAsync(lab, parent, child)).ShouldBe("in-progress completed");
    }

    [Fact]
    public async Task AnswerOnBridge_ReferUrlFails_LeavesTheCall()
    {
        await using var lab = await StartAsync("true");
        lab.Owner.Answer("/refer", 422);
        var (parent, child) = await lab.ConnectAsync();

        using var refused = await SendAsync(lab, child, new { to = "1002" });

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await StatusesAsync(lab, parent, child)).ShouldBe("in-progress in-progress");
        (await lab.AlertsAsync(parent)).ShouldBe([11200]);
    }

    [Fact]
    public async Task WithoutAnswerOnBridge_DisconnectsThePhoneAtOnceAndTheCallerWhenNobodyAnswers()
    {
        await using var lab = await StartAsync("false");
        var (parent, child) = await lab.ConnectAsync();

        await lab.Sandbox.Control.ReferAsync(child, "1002", answer: false);

        (await StatusesAsync(lab, parent, child)).ShouldBe("in-progress completed");
        await lab.ActAsync((await lab.ChildrenAsync(parent))[1], "hangup");
        await lab.UntilAsync(parent, "completed");
    }

    [Fact]
    public async Task Phone_HangsUpWhileTheTargetRings_LeavesTheCallerToTheTarget()
    {
        await using var lab = await StartAsync("true");
        var (parent, child) = await lab.ConnectAsync();
        await lab.Sandbox.Control.ReferAsync(child, "1002", answer: false);
        var target = (await lab.ChildrenAsync(parent))[1];

        await lab.ActAsync(child, "hangup");
        await lab.ActAsync(target, "answer");

        (await StatusesAsync(lab, parent, target)).ShouldBe("in-progress in-progress");
    }

    [Fact]
    public async Task Outbound_TargetAnswers_CustomersLegGoesOnWithoutThePbxsLeg()
    {
        await using var lab = await PhoneLab.StartAsync(
            outbound: "<Dial answerOnBridge=\"true\" callerId=\"+61280000000\" referUrl=\"/refer\"><Number>+61400000000</Number></Dial>");
        lab.Twiml("/refer", Target);
        var call = await lab.CallOutAsync(new { to = PhoneLab.Customer, uui = "7" });
        var (pbx, customer) = (call.GetProperty("callSid").GetString()!, call.GetProperty("childSid").GetString()!);

        await lab.Sandbox.Control.ReferAsync(pbx, "1002", answer: false);
        var target = (await lab.ChildrenAsync(customer)).ShouldHaveSingleItem();
        await lab.ActAsync(target, "answer");

        await lab.UntilAsync(pbx, "completed");
        (await StatusesAsync(lab, customer, target)).ShouldBe("in-progress in-progress");
        var asked = await lab.Owner.NextAsync(webhook => webhook.Path == "/refer");
        (asked["CallSid"], asked["ParentCallSid"], asked["SipHeader_User-to-User"]).ShouldBe((customer, pbx, "7"));
        using var window = await PhoneWindow.OpenAsync(lab.Sandbox);
        var shown = await window.CallAsync("in-progress", "in-progress");
        shown.GetProperty("agent").GetProperty("address").GetString().ShouldBe("sip:1002@pbx.example.com");
    }

    [Fact]
    public async Task Phone_DuringATransfer_ShowsTheAgentAndTheRingingTarget()
    {
        await using var lab = await StartAsync("true");
        var (_, child) = await lab.ConnectAsync();
        await lab.Sandbox.Control.ReferAsync(child, "1002", answer: false);
        using var window = await PhoneWindow.OpenAsync(lab.Sandbox);

        var shown = await window.CallAsync(call => call.GetProperty("target").ValueKind == JsonValueKind.Object);

        (shown.GetProperty("agent").GetProperty("sid").GetString(), shown.GetProperty("target").GetProperty("address").GetString())
            .ShouldBe((child, "sip:1002@pbx.example.com"));
    }

    [Fact]
    public async Task Refer_WithoutReferUrl_IsRejectedWith13802AndLeavesTheCall()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (parent, child) = await lab.ConnectAsync();

        using var refused = await SendAsync(lab, child, new { to = "1002" });

        (refused.StatusCode, (await lab.AlertsAsync(child)).Single()).ShouldBe((HttpStatusCode.Conflict, 13802));
        (await StatusesAsync(lab, parent, child)).ShouldBe("in-progress in-progress");
    }

    [Fact]
    public async Task Refer_OnTheCustomersLeg_IsRejectedWith13801()
    {
        await using var lab = await StartAsync("true");
        var (parent, _) = await lab.ConnectAsync();

        using var refused = await SendAsync(lab, parent, new { to = "1002" });

        (refused.StatusCode, (await lab.AlertsAsync(parent)).Single()).ShouldBe((HttpStatusCode.Conflict, 13801));
    }

    [Theory]
    [InlineData("+61280000001", false, "<tel:+61280000001>")]
    [InlineData("sip:ben@branch.example.com", false, "<sip:ben@branch.example.com>")]
    [InlineData("1002", true, "<sip:1002@pbx.example.com?Replaces=consultation%40pbx%3Bto-tag%3D1%3Bfrom-tag%3D2>")]
    public async Task Refer_ToTarget_IsSentAsAUri(string to, bool consulted, string referTo)
    {
        await using var lab = await StartAsync("true");
        var (_, child) = await lab.ConnectAsync();

        using var accepted = await SendAsync(lab, child, new { to, consulted });

        (await lab.Owner.NextAsync(webhook => webhook.Path == "/refer"))["ReferTransferTarget"].ShouldBe(referTo);
    }

    private static async Task<PhoneLab> StartAsync(string answerOnBridge)
    {
        var lab = await PhoneLab.StartAsync(
            $"<Dial answerOnBridge=\"{answerOnBridge}\" referUrl=\"/refer\"><Sip>sip:agent@pbx.example.com</Sip></Dial>",
            settings: TellsTheEnd);
        lab.Twiml("/refer", Target);
        return lab;
    }

    private static Task<HttpResponseMessage> SendAsync(PhoneLab lab, string sid, object body) =>
        lab.Sandbox.Anonymous.PostAsJsonAsync($"sandbox/control/calls/{sid}/refer", body);

    private static async Task<string> StatusesAsync(PhoneLab lab, params string[] legs) =>
        string.Join(' ', await Task.WhenAll(legs.Select(lab.StatusAsync)));
}
