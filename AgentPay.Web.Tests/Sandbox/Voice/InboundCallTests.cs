using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Voice;

public sealed class InboundCallTests
{
    [Fact]
    public async Task Call_Arriving_AsksForTwimlWithTheDocumentedParameters()
    {
        await using var lab = await PhoneLab.StartAsync("<Say>Hello</Say>");

        var sid = await lab.CallInAsync();

        var asked = await lab.Owner.NextAsync();
        asked.Form.Where(p => p.Key != "CallToken").Select(p => $"{p.Key}={p.Value}").ShouldBe(
        [
            $"AccountSid={SandboxApp.AccountSid}", "ApiVersion=2010-04-01", $"CallSid={sid}", "CallStatus=ringing", "Direction=inbound",
            "From=+61400000000", "To=+61280000000", "Caller=+61400000000", "Called=+61280000000",
            "FromCity=", "FromState=", "FromZip=", "FromCountry=AU", "CallerCity=", "CallerState=", "CallerZip=", "CallerCountry=AU",
            "ToCity=", "ToState=", "ToZip=", "ToCountry=AU", "CalledCity=", "CalledState=", "CalledZip=", "CalledCountry=AU",
            "StirVerstat=No-TN-Validation",
        ]);
        asked["CallToken"].ShouldNotBeNullOrEmpty();
        asked.Method.ShouldBe("POST");
    }

    [Fact]
    public async Task Call_FromNorthAmerica_IsAttested()
    {
        await using var lab = await PhoneLab.StartAsync("<Say>Hello</Say>");

        await lab.CallInAsync(from: "+14158675309");

        var asked = await lab.Owner.NextAsync();
        asked["FromCountry"].ShouldBe("US");
        asked["StirVerstat"].ShouldBe("TN-Validation-Passed-A");
    }

    [Fact]
    public async Task Document_ThatEnds_IsTheEndOfTheCall()
    {
        await using var lab = await PhoneLab.StartAsync("<Say>Good\n  morning</Say><Play>https://media.example.com/tune.mp3</Play>");

        var sid = await lab.CallInAsync();

        (await lab.SaidAsync(sid)).ShouldBe(["Good morning", "[plays https://media.example.com/tune.mp3]"]);
        (await lab.StatusAsync(sid)).ShouldBe("completed");
    }

    [Theory]
    [InlineData("<Reject/>", "no-answer")]
    [InlineData("<Reject reason=\"busy\"/>", "busy")]
    [InlineData("<Hangup/>", "completed")]
    [InlineData("", "completed")]
    [InlineData("<Say>Wait</Say><Reject reason=\"busy\"/>", "completed")]
    public async Task Call_ThatIsNotConnected_EndsAsItsFirstVerbSays(string verbs, string status)
    {
        await using var lab = await PhoneLab.StartAsync(verbs);

        var sid = await lab.CallInAsync();

        (await lab.StatusAsync(sid)).ShouldBe(status);
    }

    [Fact]
    public async Task Call_ToANumberWithStatusCallback_ReportsItsEnd()
    {
        await using var lab = await PhoneLab.StartAsync("<Pause length=\"61\"/>",
            settings: new() { ["Sandbox:InboundStatusCallback"] = "{owner}/ended" });
        var sid = await lab.CallInAsync();

        lab.Sandbox.Clock.Advance(TimeSpan.FromSeconds(61));

        var ended = await lab.Owner.NextAsync(w => w.Path == "/ended");
        ended["CallSid"].ShouldBe(sid);
        ended["CallStatus"].ShouldBe("completed");
        ended["Direction"].ShouldBe("inbound");
        ended["SequenceNumber"].ShouldBe("0");
    }

    [Theory]
    [InlineData(503, "", "text/xml", "11200")]
    [InlineData(200, "<Response>", "text/xml", "12100")]
    [InlineData(200, "<response/>", "text/xml", "12102")]
    [InlineData(200, "<Response/>", "application/json", "12300")]
    public async Task VoiceUrl_ThatFails_IsReplacedByTheFallback(int status, string body, string contentType, string code)
    {
        await using var lab = await PhoneLab.StartAsync(settings: new() { ["Sandbox:InboundFallbackUrl"] = "{owner}/fallback" });
        lab.Owner.Answer("/inbound", status, body, contentType);
        lab.Twiml("/fallback", "<Say>From the fallback</Say>");

        var sid = await lab.CallInAsync();

        var asked = await lab.Owner.NextAsync(w => w.Path == "/fallback");
        asked["ErrorCode"].ShouldBe(code);
        asked["ErrorUrl"].ShouldBe(lab.Owner.Url + "/inbound");
        (await lab.SaidAsync(sid)).ShouldBe(["From the fallback"]);
    }

    [Theory]
    [InlineData("text/xml")]
    [InlineData("application/xml; charset=utf-8")]
    [InlineData("text/html")]
    public async Task Twiml_InAnXmlMediaType_IsRun(string contentType)
    {
        await using var lab = await PhoneLab.StartAsync();
        lab.Owner.Answer("/inbound", 200, "\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><!-- x --><Say>Grüße</Say></Response>",
            contentType);

        (await lab.SaidAsync(await lab.CallInAsync())).ShouldBe(["Grüße"]);
    }

    [Fact]
    public async Task VoiceUrl_ThatFailsWithoutFallback_EndsInASpokenApology()
    {
        await using var lab = await PhoneLab.StartAsync();
        lab.Owner.Answer("/inbound", 500);

        var sid = await lab.CallInAsync();

        (await lab.SaidAsync(sid)).ShouldHaveSingleItem().ShouldContain("application error");
        (await lab.AlertsAsync(sid)).ShouldBe([11200]);
        (await lab.StatusAsync(sid)).ShouldBe("completed");
    }

    [Fact]
    public async Task Twiml_LargerThan64Kilobytes_IsRefused()
    {
        await using var lab = await PhoneLab.StartAsync($"<Say>{new string('x', 64 * 1024)}</Say>");

        (await lab.AlertsAsync(await lab.CallInAsync())).ShouldBe([11750]);
    }

    [Fact]
    public async Task UnknownVerb_InADocument_IsSkippedWithASchemaWarning()
    {
        await using var lab = await PhoneLab.StartAsync("<say>lower</say><Gather/><Say colour=\"red\">upper</Say>");

        var sid = await lab.CallInAsync();

        (await lab.SaidAsync(sid)).ShouldBe(["upper"]);
        (await lab.AlertsAsync(sid)).ShouldBe([12200, 12200, 12200]);
    }

    [Fact]
    public async Task DemoTwiml_WithoutAnyWebhook_ConnectsBothWays()
    {
        await using var lab = await PhoneLab.StartAsync(settings: new()
        {
            ["Sandbox:InboundUrl"] = "/sandbox/twiml/inbound",
            ["Sandbox:OutboundUrl"] = "/sandbox/twiml/outbound",
        });

        var (_, agent) = await lab.ConnectAsync();
        var outbound = await lab.CallOutAsync(new { to = PhoneLab.Customer });

        (await lab.StatusAsync(agent)).ShouldBe("in-progress");
        (await lab.StatusAsync(outbound.GetProperty("childSid").GetString()!)).ShouldBe("in-progress");
    }
}
