using System.Xml.Linq;

namespace AgentPay.Web.Tests.Calls;

public sealed class InboundTests(CallsFixture fixture) : IClassFixture<CallsFixture>
{
    [Fact]
    public async Task Inbound_CustomerCalls_IsPutThroughToThePbxWithTheCallAsUui()
    {
        await using var app = (await fixture.StartAsync()).App;
        var call = CallsFixture.NewCall();

        var answer = await app.PostAsync("/inboundHandler", Forms.CallsIn(call));

        (answer.Status, answer.MediaType).ShouldBe((200, "text/xml"));
        answer.Body.ShouldBe(
            """<?xml version="1.0" encoding="utf-8"?><Response><Dial answerOnBridge="true" """
            + $"""referUrl="{app.Url}/referHandler?UUI={call}#rc=3&amp;rp=ct,rt,5xx">"""
            + """<Sip statusCallbackEvent="initiated ringing answered completed" """
            + $"""statusCallback="{app.Url}/callStatus#rc=3&amp;rp=ct,rt,5xx" statusCallbackMethod="POST">"""
            + $"sip:+61280000456@pbx.example.org:5080?User-to-User={call}</Sip></Dial></Response>");
    }

    [Fact]
    public async Task Inbound_CustomerCalls_IsRecordedUnderItsSid()
    {
        var (app, map) = await fixture.StartAsync();
        await using var _ = app;
        var call = CallsFixture.NewCall();

        await app.PostAsync("/inboundHandler", Forms.CallsIn(call));

        var item = await map.GetAsync(call.ToString());
        item.Data.ToString().ShouldBe(
            $$"""{"uui":"{{call}}","pstnSid":"{{call}}","from":"+61400000123","to":"+61280000456","direction":"inbound","status":"ringing","at":"2026-11-22T09:00:00+00:00"}""");
        item.Ttl.ShouldBe(12 * 3600);
    }

    [Fact]
    public async Task Inbound_AskedTwice_AnswersTheSameAndWritesOnce()
    {
        var (app, map) = await fixture.StartAsync();
        await using var _ = app;
        var call = CallsFixture.NewCall();

        var answers = new[] { await app.PostAsync("/inboundHandler", Forms.CallsIn(call)),
            await app.PostAsync("/inboundHandler", Forms.CallsIn(call)) };

        answers[1].ShouldBe(answers[0]);
        (await map.GetAsync(call.ToString())).Revision.ShouldBe("0");
    }

    [Fact]
    public async Task Inbound_OtherVoiceOptions_AreFollowed()
    {
        await using var app = (await fixture.StartAsync(
            ("Voice:UuiHeader", "x-inin-cnv"), ("Voice:AnswerOnBridge", "false"),
            ("Voice:OriginationUri", "sip:pbx.example.net;transport=tls"), ("AgentPay:PublicBaseUrl", "https://pay.example.com/"))).App;
        var call = CallsFixture.NewCall();
        app.IsSignedAt("https://pay.example.com");

        var dial = (await app.PostAsync("/inboundHandler", Forms.CallsIn(call))).Twiml.Element("Dial")!;

        dial.Attribute("answerOnBridge")!.Value.ShouldBe("false");
        dial.Element("Sip")!.Value.ShouldBe($"sip:+61280000456@pbx.example.net;transport=tls?x-inin-cnv={call}");
        dial.Element("Sip")!.Attribute("statusCallback")!.Value.ShouldBe("https://pay.example.com/callStatus#rc=3&rp=ct,rt,5xx");
    }

    [Theory]
    [InlineData("anonymous", "anonymous")]
    [InlineData("", "")]
    [InlineData("<Hangup/>\"'&\r\n%00 😀", "<Hangup/>\"'&??%00 😀")]
    [InlineData("sip:\u202e321\u2069@example.com", "sip:?321?@example.com")]
    public async Task Inbound_UnusualFrom_IsPutThroughAllTheSame(string from, string kept)
    {
        var (app, map) = await fixture.StartAsync();
        await using var _ = app;
        var call = CallsFixture.NewCall();

        var answer = await app.PostAsync("/inboundHandler", Forms.CallsIn(call, from: from));

        answer.Twiml.Element("Dial").ShouldNotBeNull();
        ((await map.GetAsync(call.ToString()))["from"] ?? "").ShouldBe(kept);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sip:+61280000456@agentpay.sip.twilio.com")]
    [InlineData("+61280000456\n")]
    [InlineData("+61280000456</Sip><Hangup/>")]
    [InlineData("+6128\"&'<>\u0001😀%0a")]
    [InlineData("0280000456")]
    public async Task Inbound_ToIsNoNumber_IsRejectedAndSaysWhy(string to)
    {
        await using var app = (await fixture.StartAsync()).App;
        var call = CallsFixture.NewCall();

        var answer = await app.PostAsync("/inboundHandler", Forms.CallsIn(call, to: to));

        XNode.DeepEquals(answer.Twiml, XElement.Parse("<Response><Reject></Reject></Response>")).ShouldBeTrue();
        app.Log.Lines.ShouldContain(line => line.Contains($"Call {call} was rejected: it is not to a telephone number"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("CA123")]
    [InlineData("PK00000000000000000000000000000001")]
    [InlineData("CA0000000000000000000000000000000<")]
    public async Task Inbound_NoCallSid_Is400(string sid)
    {
        await using var app = (await fixture.StartAsync()).App;

        (await app.PostAsync("/inboundHandler", ("CallSid", sid), ("To", Forms.Merchant))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Inbound_Logged_ShowsNoMoreThanThreeDigitsOfANumber()
    {
        await using var app = (await fixture.StartAsync()).App;

        await app.PostAsync("/inboundHandler", Forms.CallsIn(CallsFixture.NewCall()));

        app.Log.Lines.ShouldContain(line => line.Contains("from ***123 to ***456"));
        app.Log.Lines.ShouldNotContain(line => line.Contains("0000123") || line.Contains("0000456"));
    }
}
