using System.Xml.Linq;
using AgentPay.Web.Calls;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Tests.Calls;

public sealed class OutboundTests(CallsFixture fixture) : IClassFixture<CallsFixture>
{
    [Fact]
    public async Task Outbound_PbxCalls_IsPutThroughToTheNumberWithItsUuiInTheCallback()
    {
        await using var app = (await fixture.StartAsync()).App;

        var answer = await app.PostAsync("/outboundHandler", Forms.CallsOut(CallsFixture.NewCall(), "uui-7"));

        (answer.Status, answer.MediaType).ShouldBe((200, "text/xml"));
        answer.Body.ShouldBe(
            """<?xml version="1.0" encoding="utf-8"?><Response><Dial callerId="+61280000456" answerOnBridge="true" """
            + $"""referUrl="{app.Url}/referHandler?UUI=uui-7#rc=3&amp;rp=ct,rt,5xx">"""
            + $"""<Number statusCallbackEvent="answered completed" statusCallback="{app.Url}/outboundSyncUpdate?UUI=uui-7#rc=3&amp;rp=ct,rt,5xx" statusCallbackMethod="POST">"""
            + "+61400000123</Number></Dial></Response>");
    }

    [Theory]
    [InlineData("sip:+61400000123@agentpay.sip.twilio.com", "+61400000123")]
    [InlineData("sip:61400000123@agentpay.sip.twilio.com", "+61400000123")]
    [InlineData("SIP:+61400000123@agentpay.sip.twilio.com;transport=tls", "+61400000123")]
    [InlineData("sips:+61400000123;phone-context=example@agentpay.sip.twilio.com:5061;transport=tls?X-Foo=a@b&User-to-User=c",
        "+61400000123")]
    [InlineData("sip:%2B61400000123@agentpay.sip.twilio.com", "+61400000123")]
    public async Task Outbound_To_IsTheNumberOfTheSipUri(string to, string number)
    {
        await using var app = (await fixture.StartAsync()).App;

        var answer = await app.PostAsync("/outboundHandler", Forms.CallsOut(CallsFixture.NewCall(), "u", to));

        Number(answer).Value.ShouldBe(number);
    }

    [Theory]
    [InlineData("+61400000123")]
    [InlineData("sip:alice@example.com")]
    [InlineData("sip:0400000123@example.com")]
    [InlineData("sip:911@example.com")]
    [InlineData("sip:+6140000012345678@example.com")]
    [InlineData("sip:+61400000123")]
    [InlineData("sip:+61400000123\"/><Hangup/>@example.com")]
    [InlineData("sip:@")]
    [InlineData("")]
    public async Task Outbound_ToHoldsNoNumber_IsRejectedAndSaysWhy(string to)
    {
        await using var app = (await fixture.StartAsync()).App;
        var call = CallsFixture.NewCall();

        var answer = await app.PostAsync("/outboundHandler", Forms.CallsOut(call, "u", to));

        XNode.DeepEquals(answer.Twiml, XElement.Parse("<Response><Reject></Reject></Response>")).ShouldBeTrue();
        app.Log.Lines.ShouldContain(line => line.Contains($"Call {call} was rejected: "));
    }

    [Theory]
    [InlineData("AU", "0400000009", "+61400000009")]
    [InlineData("au", "61400000009", "+61400000009")]
    [InlineData("AU", "+442079460018", "+442079460018")]
    [InlineData("AU", "0011442079460018", "+442079460018")]
    [InlineData("GB", "02079460018", "+442079460018")]
    [InlineData("US", "4155550100", "+14155550100")]
    [InlineData(null, "61400000009", "+61400000009")]
    public async Task Outbound_NumberOfTheDefaultCountry_IsDialledInE164(string? country, string dialled, string number)
    {
        await using var app = (await fixture.StartAsync(("Voice:DefaultCountry", country))).App;

        var answer = await app.PostAsync("/outboundHandler", Forms.CallsOut(CallsFixture.NewCall(), "u", $"sip:{dialled}@pbx"));

        Number(answer).Value.ShouldBe(number);
    }

    [Theory]
    [InlineData("AU", "911", "911 is an emergency number")]
    [InlineData("AU", "000", "000 is an emergency number")]
    [InlineData(null, "+911", "911 is an emergency number")]
    [InlineData(null, "112", "112 is an emergency number")]
    [InlineData("AU", "1001", "1001 is an internal number")]
    [InlineData("AU", "0400000009999999", "nor one in AU")]
    [InlineData(null, "0400000009", "Voice:DefaultCountry is not set")]
    public async Task Outbound_NumberThatIsNotDialled_IsKeptWithItsReason(string? country, string dialled, string reason)
    {
        await using var app = (await fixture.StartAsync(("Voice:DefaultCountry", country))).App;
        var call = CallsFixture.NewCall();

        (await app.PostAsync("/outboundHandler", Forms.CallsOut(call, "u", $"sip:{dialled}@pbx"))).Twiml.Element("Reject")
            .ShouldNotBeNull();

        var refused = app.Get<RefusedCalls>().Latest.ShouldHaveSingleItem();
        (refused.Call, refused.At).ShouldBe((call, app.Clock.GetUtcNow()));
        refused.Reason.ShouldContain(reason);
        app.Log.Lines.ShouldContain(line => line.Contains($"Call {call} was rejected: {refused.Reason}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Outbound_ManyRefusals_KeepsTheLatest()
    {
        await using var app = (await fixture.StartAsync()).App;
        CallSid last = default;
        for (var i = 0; i <= RefusedCalls.Most; i++)
            await app.PostAsync("/outboundHandler", Forms.CallsOut(last = CallsFixture.NewCall(), "u", "sip:1@pbx"));

        var latest = app.Get<RefusedCalls>().Latest;

        (latest.Count, latest[0].Call).ShouldBe((RefusedCalls.Most, last));
    }

    [Fact]
    public async Task UuiHeaders_OfTheTwoDirections_MayDiffer()
    {
        await using var app = (await fixture.StartAsync(("Voice:OutboundUuiHeader", "x-inin-cnv"))).App;

        var outbound = await app.PostAsync("/outboundHandler",
            [.. Forms.CallsOut(CallsFixture.NewCall(), "the-wrong-one"), ("SipHeader_x-inin-cnv", "conversation-9")]);
        var inbound = await app.PostAsync("/inboundHandler", Forms.CallsIn(CallsFixture.NewCall()));

        Number(outbound).Attribute("statusCallback")!.Value.ShouldContain("?UUI=conversation-9#");
        inbound.Twiml.Element("Dial")!.Element("Sip")!.Value.ShouldContain("?User-to-User=CA");
    }

    [Fact]
    public async Task Outbound_RefusedWhenAnsweredAlready_IsToldAndHungUp()
    {
        await using var app = (await fixture.StartAsync()).App;

        var answer = await app.PostAsync("/outboundHandler",
            Forms.CallsOut(CallsFixture.NewCall(), "u", "sip:alice@example.com", status: "in-progress"));

        answer.Twiml.Elements().Select(e => e.Name.ToString()).ShouldBe(["Say", "Hangup"]);
    }

    [Theory]
    [InlineData("sip:61280000456@pbx.example.org", "+61280000456")]
    [InlineData("+61280000456", "+61280000456")]
    [InlineData("sip:alice@pbx.example.org", "+61299999999")]
    [InlineData("", "+61299999999")]
    public async Task Outbound_From_IsTheCallerIdWhereItIsANumber(string from, string callerId)
    {
        await using var app = (await fixture.StartAsync(("Voice:CallerId", "+61299999999"))).App;

        var answer = await app.PostAsync("/outboundHandler", Forms.CallsOut(CallsFixture.NewCall(), "u", from: from));

        answer.Twiml.Element("Dial")!.Attribute("callerId")!.Value.ShouldBe(callerId);
    }

    [Fact]
    public async Task Outbound_NoCallerIdAnywhere_IsRejectedAndSaysWhy()
    {
        await using var app = (await fixture.StartAsync()).App;
        var call = CallsFixture.NewCall();

        var answer = await app.PostAsync("/outboundHandler", Forms.CallsOut(call, "u", from: "sip:alice@pbx.example.org"));

        answer.Twiml.Element("Reject").ShouldNotBeNull();
        app.Log.Lines.ShouldContain(line => line.Contains($"Call {call} was rejected: its From holds no number"));
    }

    [Theory]
    [InlineData("a&b=c#d", "a%26b%3Dc%23d")]
    [InlineData("\"<'>", "%22%3C%27%3E")]
    [InlineData("100%+1 x", "100%25%2B1%20x")]
    [InlineData("😀é", "%F0%9F%98%80%C3%A9")]
    [InlineData(" 616263;encoding=hex", "616263")]
    public async Task Outbound_HostileUui_IsEscapedInTheCallback(string uui, string escaped)
    {
        await using var app = (await fixture.StartAsync()).App;

        var answer = await app.PostAsync("/outboundHandler", Forms.CallsOut(CallsFixture.NewCall(), uui));

        Number(answer).Attribute("statusCallback")!.Value.ShouldBe($"{app.Url}/outboundSyncUpdate?UUI={escaped}#rc=3&rp=ct,rt,5xx");
    }

    public static TheoryData<string?> UnusableUuis =>
        new(null, "", " ", ";encoding=hex", "a/b", "..", "line\nbreak", "bell\a", new string('9', 257), new string('x', 2048));

    [Theory]
    [MemberData(nameof(UnusableUuis))]
    public async Task Outbound_NoUsableUui_GoesThroughUnderItsOwnSid(string? uui)
    {
        await using var app = (await fixture.StartAsync()).App;
        var call = CallsFixture.NewCall();

        var answer = await app.PostAsync("/outboundHandler", Forms.CallsOut(call, uui));

        Number(answer).Attribute("statusCallback")!.Value.ShouldStartWith($"{app.Url}/outboundSyncUpdate?UUI={call}#");
        app.Log.Lines.ShouldContain(line => line.Contains($"Call {call} has come without a usable UUI"));
    }

    [Theory]
    [InlineData("X-Inin-Cnv", "SipHeader_x-inin-cnv")]
    [InlineData("x-inin-cnv", "SipHeader_X-ININ-CNV")]
    public async Task Outbound_UuiHeader_IsFoundWhateverItsCase(string configured, string sent)
    {
        await using var app = (await fixture.StartAsync(("Voice:UuiHeader", configured))).App;

        var answer = await app.PostAsync("/outboundHandler",
            [.. Forms.CallsOut(CallsFixture.NewCall(), "the-wrong-one"), (sent, "conversation-9")]);

        Number(answer).Attribute("statusCallback")!.Value.ShouldContain("?UUI=conversation-9#");
    }

    [Fact]
    public async Task Outbound_BeforeAnybodyAnswers_IsNotRecorded()
    {
        var (app, map) = await fixture.StartAsync();
        await using var _ = app;

        await app.PostAsync("/outboundHandler", Forms.CallsOut(CallsFixture.NewCall(), "uui-8"));

        (await map.FindAsync("uui-8")).ShouldBeNull();
    }

    private static XElement Number(WebhookAnswer answer) => answer.Twiml.Element("Dial")!.Element("Number")!;
}
