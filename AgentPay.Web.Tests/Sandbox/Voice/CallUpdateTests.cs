using System.Net;

namespace AgentPay.Web.Tests.Sandbox.Voice;

public sealed class CallUpdateTests
{
    [Theory]
    [InlineData(true, "completed", "completed")]
    [InlineData(true, "canceled", "in-progress")]
    [InlineData(false, "completed", "canceled")]
    [InlineData(false, "canceled", "canceled")]
    public async Task Status_Given_EndsWhatItMayEnd(bool answered, string status, string result)
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (_, child) = await lab.ConnectAsync(answered);

        (await CallsApiTests.UpdateAsync(lab, child, ("Status", status))).Status.ShouldBe(HttpStatusCode.OK);

        (await lab.StatusAsync(child)).ShouldBe(result);
    }

    [Fact]
    public async Task Twiml_OnTheCaller_BreaksTheConnectionAndRuns()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial + "<Say>Never</Say>");
        var (parent, child) = await lab.ConnectAsync();

        (await CallsApiTests.UpdateAsync(lab, parent, ("Twiml", "<Response><Say>Elsewhere</Say></Response>"))).Status
            .ShouldBe(HttpStatusCode.OK);

        await lab.UntilAsync(parent, "completed");
        (await lab.SaidAsync(parent)).ShouldBe(["Elsewhere"]);
        (await lab.StatusAsync(child)).ShouldBe("completed");
    }

    [Fact]
    public async Task Url_OnTheAgent_TakesTheAgentOutAndLetsTheCallerGoOn()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial + "<Say>The agent has left</Say>");
        lab.Twiml("/elsewhere", "<Say>Elsewhere</Say><Pause length=\"9\"/>");
        var (parent, child) = await lab.ConnectAsync();

        await CallsApiTests.UpdateAsync(lab, child, ("Url", lab.Owner.Url + "/elsewhere"), ("Method", "GET"));

        (await lab.Owner.NextAsync(w => w.Path == "/elsewhere")).Method.ShouldBe("GET");
        await lab.UntilAsync(parent, "completed");
        (await lab.SaidAsync(parent)).ShouldBe(["The agent has left"]);
        (await lab.StatusAsync(child)).ShouldBe("in-progress");
    }

    [Fact]
    public async Task Url_ThatFails_GoesToTheFallbackOfTheUpdate()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        lab.Owner.Answer("/broken", 500);
        var (parent, _) = await lab.ConnectAsync();

        await CallsApiTests.UpdateAsync(lab, parent, ("Url", lab.Owner.Url + "/broken"), ("FallbackUrl", lab.Owner.Url + "/rescue"));

        (await lab.Owner.NextAsync(w => w.Path == "/rescue"))["ErrorUrl"].ShouldBe(lab.Owner.Url + "/broken");
    }

    [Fact]
    public async Task StatusCallback_SetLater_IsToldTheEnd()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (parent, _) = await lab.ConnectAsync();

        await CallsApiTests.UpdateAsync(lab, parent, ("StatusCallback", lab.Owner.Url + "/late"));
        await lab.ActAsync(parent, "hangup");

        (await lab.Owner.NextAsync(w => w.Path == "/late"))["CallStatus"].ShouldBe("completed");
    }

    [Fact]
    public async Task TimeLimit_Set_EndsTheCallThen()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial,
            settings: new() { ["Sandbox:InboundStatusCallback"] = "{owner}/ended" });
        var (parent, _) = await lab.ConnectAsync();
        lab.Sandbox.Clock.Advance(TimeSpan.FromSeconds(10));

        await CallsApiTests.UpdateAsync(lab, parent, ("TimeLimit", "30"));
        lab.Sandbox.Clock.Advance(TimeSpan.FromSeconds(20));

        (await lab.Owner.NextAsync(w => w.Path == "/ended"))["CallDuration"].ShouldBe("30");
    }

    [Theory]
    [InlineData(20001)]
    [InlineData(20001, "Status", "busy")]
    [InlineData(20001, "Url", "http://example.com/", "Twiml", "<Response/>")]
    [InlineData(21205, "Url", "ftp://example.com/")]
    public async Task Update_ThatCannotBe_IsRefused(int code, params string[] form)
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (parent, _) = await lab.ConnectAsync();

        var (status, body) = await CallsApiTests.UpdateAsync(lab, parent, [.. form.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.ShouldContain($"\"code\":{code},");
        (await lab.StatusAsync(parent)).ShouldBe("in-progress");
    }

    [Theory]
    [InlineData("Status", "completed")]
    [InlineData("Twiml", "<Response/>")]
    [InlineData("TimeLimit", "30")]
    public async Task Update_OfAnEndedCall_IsRefused(string name, string value)
    {
        await using var lab = await PhoneLab.StartAsync("<Hangup/>");
        var sid = await lab.CallInAsync();

        var (status, body) = await CallsApiTests.UpdateAsync(lab, sid, (name, value));

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.ShouldContain("\"code\":21220,");
    }

    [Fact]
    public async Task Redirect_OfARingingCall_IsRefused()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (_, child) = await lab.ConnectAsync(answer: false);

        (await CallsApiTests.UpdateAsync(lab, child, ("Twiml", "<Response/>"))).Body.ShouldContain("\"code\":21220,");
    }
}
