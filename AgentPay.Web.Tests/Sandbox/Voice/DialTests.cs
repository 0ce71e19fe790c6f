using System.Net;

namespace AgentPay.Web.Tests.Sandbox.Voice;

public sealed class DialTests
{
    private static readonly Dictionary<string, string?> TellsTheEnd = new() { ["Sandbox:InboundStatusCallback"] = "{owner}/ended" };

    [Fact]
    public async Task Sip_WithHeaders_RingsTheSoftphoneWithThoseThatTwilioPassesOn()
    {
        await using var lab = await PhoneLab.StartAsync(
            "<Dial><Sip>+61280000000@pbx.example.com?User-to-User=CA1%3Bencoding%3Dhex&amp;X-Account=7&amp;Subject=dropped&amp;X-Bad=a%0D%0Ab</Sip></Dial>");

        var (parent, child) = await lab.ConnectAsync(answer: false);

        var leg = await lab.ShowAsync(child);
        leg.GetProperty("to").GetString().ShouldBe("sip:+61280000000@pbx.example.com");
        leg.GetProperty("from").GetString().ShouldBe(PhoneLab.Customer);
        leg.GetProperty("direction").GetString().ShouldBe("outbound-dial");
        leg.GetProperty("parentSid").GetString().ShouldBe(parent);
        leg.GetProperty("status").GetString().ShouldBe("ringing");
        leg.GetProperty("sipHeaders").GetRawText().ShouldBe("""{"User-to-User":"CA1;encoding=hex","X-Account":"7"}""");
    }

    [Theory]
    [InlineData("false", "in-progress")]
    [InlineData("true", "ringing")]
    public async Task AnswerOnBridge_WhileTheAgentRings_DecidesWhetherTheCallerIsAnswered(string value, string status)
    {
        await using var lab = await PhoneLab.StartAsync($"<Dial answerOnBridge=\"{value}\"><Sip>sip:agent@pbx.example.com</Sip></Dial>");

        var (parent, child) = await lab.ConnectAsync(answer: false);

        (await lab.StatusAsync(parent)).ShouldBe(status);
        (await lab.ActAsync(child, "answer")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await lab.StatusAsync(parent)).ShouldBe("in-progress");
    }

    [Fact]
    public async Task SeveralNouns_Ringing_AreWonByTheFirstToAnswer()
    {
        await using var lab = await PhoneLab.StartAsync(
            "<Dial callerId=\"+61280000000\"><Number>+61400000001</Number><Number>+61400000002</Number><Sip>sip:agent@pbx.example.com</Sip></Dial>");
        var parent = await lab.CallInAsync(answer: false);
        var children = await lab.ChildrenAsync(parent);

        (await lab.ActAsync(children[1], "answer")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await Task.WhenAll(children.Select(lab.StatusAsync))).ShouldBe(["canceled", "in-progress", "canceled"]);
        (await lab.ActAsync(children[0], "answer")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Sequential_WithABusyNumber_DialsTheNextOne()
    {
        await using var lab = await PhoneLab.StartAsync(
            "<Dial sequential=\"true\" callerId=\"+61280000000\"><Number>+15005550002</Number><Number>+61400000002</Number></Dial>");

        var parent = await lab.CallInAsync(answer: false);

        var children = await lab.ChildrenAsync(parent);
        (await Task.WhenAll(children.Select(lab.StatusAsync))).ShouldBe(["busy", "ringing"]);
    }

    [Fact]
    public async Task Timeout_Passing_EndsTheRingingAndGoesOnAfterDial()
    {
        await using var lab = await PhoneLab.StartAsync("<Dial timeout=\"7\">+61400000001</Dial><Say>Nobody</Say>", settings: TellsTheEnd);
        var (parent, child) = await lab.ConnectAsync(answer: false);

        lab.Sandbox.Clock.Advance(TimeSpan.FromSeconds(6.9));
        (await lab.StatusAsync(child)).ShouldBe("ringing");
        lab.Sandbox.Clock.Advance(TimeSpan.FromSeconds(0.1));

        (await lab.Owner.NextAsync(w => w.Path == "/ended"))["CallStatus"].ShouldBe("completed");
        (await lab.StatusAsync(child)).ShouldBe("no-answer");
        (await lab.SaidAsync(parent)).ShouldBe(["Nobody"]);
    }

    [Theory]
    [InlineData("+15005550001", "failed")]
    [InlineData("+15005550002", "busy")]
    public async Task Number_ThatCannotBeReached_EndsTheUnansweredCallInItsStatus(string number, string status)
    {
        await using var lab = await PhoneLab.StartAsync($"<Dial answerOnBridge=\"true\"><Number>{number}</Number></Dial>");

        var (parent, child) = await lab.ConnectAsync();

        (await lab.StatusAsync(child)).ShouldBe(status);
        (await lab.StatusAsync(parent)).ShouldBe(status);
    }

    [Fact]
    public async Task UnattendedNumber_ToldToAnswer_KeepsRinging()
    {
        await using var lab = await PhoneLab.StartAsync("<Dial>+15005550003</Dial>");

        var (_, child) = await lab.ConnectAsync(answer: true);

        (await lab.StatusAsync(child)).ShouldBe("ringing");
    }

    [Fact]
    public async Task TimeLimit_Reached_EndsTheConnectionAndNotTheCall()
    {
        await using var lab =
            await PhoneLab.StartAsync("<Dial timeLimit=\"60\" action=\"/after\"><Sip>sip:agent@pbx.example.com</Sip></Dial>");
        lab.Twiml("/after", "<Pause length=\"100\"/>");
        var (parent, child) = await lab.ConnectAsync();

        lab.Sandbox.Clock.Advance(TimeSpan.FromSeconds(60));

        (await lab.Owner.NextAsync(w => w.Path == "/after"))["DialCallDuration"].ShouldBe("60");
        (await lab.StatusAsync(child)).ShouldBe("completed");
        (await lab.StatusAsync(parent)).ShouldBe("in-progress");
    }

    [Theory]
    [InlineData("true", "completed")]
    [InlineData("false", "in-progress")]
    public async Task HangupOnStar_AsSet_LetsTheCallerEndTheConnection(string value, string status)
    {
        await using var lab =
            await PhoneLab.StartAsync($"<Dial hangupOnStar=\"{value}\" action=\"/after\"><Sip>sip:agent@pbx.example.com</Sip></Dial>");
        lab.Twiml("/after", "<Pause length=\"100\"/>");
        var (parent, child) = await lab.ConnectAsync();

        await lab.PressAsync(parent, "1*");

        if (status == "completed") await lab.Owner.NextAsync(w => w.Path == "/after");
        (await lab.StatusAsync(child)).ShouldBe(status);
    }

    [Fact]
    public async Task Agent_HangingUp_LetsTheCallerGoOnAfterDial()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial + "<Say>Goodbye</Say>");
        var (parent, child) = await lab.ConnectAsync();

        await lab.ActAsync(child, "hangup");

        (await lab.StatusAsync(child)).ShouldBe("completed");
        (await lab.SaidAsync(parent)).ShouldBe(["Goodbye"]);
        (await lab.StatusAsync(parent)).ShouldBe("completed");
    }

    [Theory]
    [InlineData(false, "canceled")]
    [InlineData(true, "completed")]
    public async Task Caller_HangingUp_EndsTheAgentsLeg(bool answered, string status)
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial + "<Say>Goodbye</Say>");
        var (parent, child) = await lab.ConnectAsync(answered);

        await lab.ActAsync(parent, "hangup");

        (await lab.StatusAsync(child)).ShouldBe(status);
        (await lab.StatusAsync(parent)).ShouldBe("completed");
        (await lab.SaidAsync(parent)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Caller_PuttingThePhoneDownBeforeBeingAnswered_CancelsTheCall()
    {
        await using var lab = await PhoneLab.StartAsync("<Dial answerOnBridge=\"true\"><Sip>sip:agent@pbx.example.com</Sip></Dial>",
            settings: TellsTheEnd);
        var (parent, child) = await lab.ConnectAsync(answer: false);

        await lab.ActAsync(parent, "hangup");

        (await lab.Owner.NextAsync(w => w.Path == "/ended"))["CallStatus"].ShouldBe("canceled");
        (await lab.StatusAsync(child)).ShouldBe("canceled");
    }

    [Fact]
    public async Task NounUrl_OnAnswer_IsHeardByTheAgentAloneBeforeTheConnection()
    {
        await using var lab = await PhoneLab.StartAsync(
            "<Dial answerOnBridge=\"true\"><Sip url=\"/whisper\">sip:agent@pbx.example.com</Sip></Dial>", settings: TellsTheEnd);
        lab.Twiml("/whisper", "<Say>Press one</Say><Dial>+61400000009</Dial><Pause length=\"3\"/>");
        var (parent, child) = await lab.ConnectAsync();

        (await lab.Owner.NextAsync(w => w.Path == "/whisper"))["CallSid"].ShouldBe(child);
        (await lab.SaidAsync(child)).ShouldBe(["Press one"]);
        (await lab.StatusAsync(parent)).ShouldBe("ringing");
        (await lab.AlertsAsync(child)).ShouldBe([12200]);
        lab.Sandbox.Clock.Advance(TimeSpan.FromSeconds(3));
        await lab.UntilAsync(parent, "in-progress");
    }

    [Fact]
    public async Task NounUrl_ThatHangsUp_KeepsTheAgentFromTheCaller()
    {
        await using var lab =
            await PhoneLab.StartAsync("<Dial action=\"/after\"><Sip url=\"/whisper\">sip:agent@pbx.example.com</Sip></Dial>");
        lab.Twiml("/whisper", "<Hangup/>");
        lab.Twiml("/after", "<Say>Not connected</Say>");

        var parent = await lab.CallInAsync();

        (await lab.Owner.NextAsync(w => w.Path == "/after"))["DialBridged"].ShouldBe("false");
        (await lab.SaidAsync(parent)).ShouldBe(["Not connected"]);
    }

    [Theory]
    [InlineData("<Dial/>", 13223)]
    [InlineData("<Dial><Number>+0400000000</Number></Dial>", 13223)]
    [InlineData("<Dial><Sip>not an address</Sip></Dial>", 13224)]
    [InlineData("<Dial callerId=\"+61299999999\">+61400000001</Dial>", 13214)]
    public async Task Dial_ThatTwilioWouldNotMake_FailsAndTheDocumentGoesOn(string dial, int alert)
    {
        await using var lab = await PhoneLab.StartAsync(dial + "<Say>Still here</Say>");

        var sid = await lab.CallInAsync();

        (await lab.AlertsAsync(sid)).ShouldBe([alert]);
        (await lab.ChildrenAsync(sid)).ShouldBeEmpty();
        (await lab.SaidAsync(sid)).ShouldBe(["Still here"]);
    }

    [Theory]
    [InlineData(200, 0, 1)]
    [InlineData(255, 0, 0)]
    public async Task SipUri_BeyondTwiliosLength_IsNotDialled(int userLength, int headerLength, int dialled)
    {
        var uri = $"sip:{new string('a', userLength)}@pbx.example.com?X-Long={new string('b', headerLength)}";
        await using var lab = await PhoneLab.StartAsync($"<Dial><Sip>{uri}</Sip></Dial>");

        (await lab.ChildrenAsync(await lab.CallInAsync())).Length.ShouldBe(dialled);
    }

    [Fact]
    public async Task MoreThanTenNouns_InOneDial_RingTenTelephones()
    {
        await using var lab = await PhoneLab.StartAsync(
            $"<Dial>{string.Concat(Enumerable.Range(10, 11).Select(n => $"<Sip>sip:agent{n}@pbx.example.com</Sip>"))}</Dial>");

        (await lab.ChildrenAsync(await lab.CallInAsync(answer: false))).Length.ShouldBe(10);
    }
}
