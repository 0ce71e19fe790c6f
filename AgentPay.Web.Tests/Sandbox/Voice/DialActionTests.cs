namespace AgentPay.Web.Tests.Sandbox.Voice;

public sealed class DialActionTests
{
    [Fact]
    public async Task Action_AfterAConnection_GetsItsResultAndReplacesTheRest()
    {
        await using var lab =
            await PhoneLab.StartAsync("<Dial action=\"after?x=1\"><Sip>sip:agent@pbx.example.com</Sip></Dial><Say>Never</Say>");
        lab.Twiml("/after", "<Say>Thank you</Say>");
        var (parent, child) = await lab.ConnectAsync();
        lab.Sandbox.Clock.Advance(TimeSpan.FromSeconds(42.7));

        await lab.ActAsync(child, "hangup");

        var asked = await lab.Owner.NextAsync(w => w.Path == "/after");
        asked.Url.ShouldEndWith("/after?x=1");
        asked.Form.Where(p => p.Key.StartsWith("Dial", StringComparison.Ordinal)).Select(p => $"{p.Key}={p.Value}").ShouldBe(
        [
            "DialCallStatus=completed", $"DialCallSid={child}", "DialCallDuration=42", "DialBridged=true", $"DialSipCallId={child}@sandbox",
            "DialSipResponseCode=200",
        ]);
        asked["CallSid"].ShouldBe(parent);
        await lab.UntilAsync(parent, "completed");
        (await lab.SaidAsync(parent)).ShouldBe(["Thank you"]);
    }

    [Theory]
    [InlineData("<Number>+15005550001</Number>", "failed", null)]
    [InlineData("<Number>+15005550002</Number>", "busy", null)]
    [InlineData("<Sip>sip:+15005550001@pbx.example.com</Sip>", "failed", "404")]
    [InlineData("<Sip>sip:+15005550002@pbx.example.com</Sip>", "busy", "486")]
    public async Task Action_AfterNobodyCouldBeReached_SaysWhy(string noun, string status, string? sipCode)
    {
        await using var lab = await PhoneLab.StartAsync($"<Dial method=\"GET\" action=\"/after\">{noun}</Dial>");

        await lab.CallInAsync();

        var asked = await lab.Owner.NextAsync(w => w.Path == "/after");
        asked.Method.ShouldBe("GET");
        asked.Url.ShouldContain($"DialCallStatus={status}&");
        asked.Url.ShouldContain("DialBridged=false");
        asked.Url.Contains($"DialSipResponseCode={sipCode}", StringComparison.Ordinal).ShouldBe(sipCode is not null);
    }

    [Fact]
    public async Task Action_AfterTheAgentDeclined_SaysBusy()
    {
        await using var lab = await PhoneLab.StartAsync("<Dial action=\"/after\"><Sip>sip:agent@pbx.example.com</Sip></Dial>");
        var (_, child) = await lab.ConnectAsync(answer: false);

        await lab.ActAsync(child, "hangup");

        (await lab.Owner.NextAsync(w => w.Path == "/after"))["DialCallStatus"].ShouldBe("busy");
        (await lab.StatusAsync(child)).ShouldBe("busy");
    }

    [Fact]
    public async Task Action_WhenNothingWasDialled_FailsWithoutACallSid()
    {
        await using var lab = await PhoneLab.StartAsync("<Dial action=\"/after\">nobody</Dial>");

        await lab.CallInAsync();

        var asked = await lab.Owner.NextAsync(w => w.Path == "/after");
        asked["DialCallStatus"].ShouldBe("failed");
        asked["DialCallSid"].ShouldBeNull();
    }

    [Fact]
    public async Task Action_AfterTheCallerHungUp_IsToldAndItsTwimlIsNotRun()
    {
        await using var lab = await PhoneLab.StartAsync("<Dial action=\"/after\"><Sip>sip:agent@pbx.example.com</Sip></Dial>");
        lab.Twiml("/after", "<Redirect>/never</Redirect>");
        var (parent, _) = await lab.ConnectAsync();

        await lab.ActAsync(parent, "hangup");

        var asked = await lab.Owner.NextAsync(w => w.Path == "/after");
        asked["CallStatus"].ShouldBe("completed");
        asked["DialCallStatus"].ShouldBe("completed");
        await lab.CallInAsync(answer: false);
        lab.Owner.All.ShouldNotContain(w => w.Path == "/never");
    }

    [Fact]
    public async Task Redirect_InADocument_FetchesTheOtherOneAndIgnoresTheRest()
    {
        await using var lab = await PhoneLab.StartAsync("<Redirect method=\"GET\">other?y=2</Redirect><Say>Never</Say>");
        lab.Twiml("/other", "<Say>There</Say>");

        var sid = await lab.CallInAsync();

        var asked = await lab.Owner.NextAsync(w => w.Path == "/other");
        asked.Method.ShouldBe("GET");
        asked.Url.ShouldContain("y=2&AccountSid=");
        asked.Url.ShouldContain("CallStatus=ringing");
        (await lab.SaidAsync(sid)).ShouldBe(["There"]);
    }

    [Fact]
    public async Task Redirect_WithoutEnd_IsCutOff()
    {
        await using var lab = await PhoneLab.StartAsync("<Redirect/>");

        var sid = await lab.CallInAsync();

        (await lab.AlertsAsync(sid)).ShouldBe([12400]);
        (await lab.StatusAsync(sid)).ShouldBe("completed");
        lab.Owner.All.Count.ShouldBe(100);
    }

    [Theory]
    [InlineData("ftp://files.example.com/a")]
    [InlineData("http://")]
    [InlineData("/LONG")]
    public async Task Redirect_ToWhatIsNoUrl_EndsInAnApology(string url)
    {
        await using var lab = await PhoneLab.StartAsync($"<Redirect>{url.Replace("LONG", new string('a', 4000))}</Redirect>");

        var sid = await lab.CallInAsync();

        (await lab.AlertsAsync(sid))[0].ShouldBe(11100);
        (await lab.SaidAsync(sid)).ShouldHaveSingleItem().ShouldContain("application error");
    }

    [Fact]
    public async Task Pause_AtTheStart_LetsItRingForAsLong()
    {
        await using var lab = await PhoneLab.StartAsync("<Pause length=\"4\"/><Say>Hello</Say><Pause/>");
        var sid = await lab.CallInAsync();
        (await lab.StatusAsync(sid)).ShouldBe("ringing");

        lab.Sandbox.Clock.Advance(TimeSpan.FromSeconds(4));

        await lab.UntilAsync(sid, "in-progress");
        (await lab.SaidAsync(sid)).ShouldBe(["Hello"]);
    }

    [Fact]
    public async Task Say_InALoop_IsHeardSoManyTimes()
    {
        await using var lab = await PhoneLab.StartAsync("<Say loop=\"2\">Hold</Say><Say loop=\"0\">Music</Say><Say>Never</Say>");

        var sid = await lab.CallInAsync();

        (await lab.SaidAsync(sid)).ShouldBe(["Hold", "Hold", "Music"]);
        (await lab.StatusAsync(sid)).ShouldBe("in-progress");
    }
}
