using System.Security.Cryptography;
using System.Text;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Voice;

public sealed class StatusCallbackTests
{
    private const string AllEvents = "statusCallback=\"/progress?leg=agent\" statusCallbackEvent=\"initiated ringing answered completed\"";

    [Fact]
    public async Task AllEvents_OfAnAnsweredLeg_ArriveInOrderWithTheDocumentedParameters()
    {
        await using var lab = await PhoneLab.StartAsync($"<Dial><Sip {AllEvents}>sip:agent@pbx.example.com</Sip></Dial>");
        var (parent, child) = await lab.ConnectAsync();
        var received = new List<ReceivedWebhook>();
        // Before time passes: Twilio gives up on a callback that is on its way for 15 seconds.
        for (var n = 0; n < 3; n++) received.Add(await lab.Owner.NextAsync(w => w.Path == "/progress"));
        lab.Sandbox.Clock.Advance(TimeSpan.FromSeconds(61));
        await lab.ActAsync(child, "hangup");

        received.Add(await lab.Owner.NextAsync(w => w.Path == "/progress"));

        received.Select(w => $"{w["SequenceNumber"]} {w["CallStatus"]}")
            .ShouldBe(["0 initiated", "1 ringing", "2 in-progress", "3 completed"]);
        received[3].Form.Where(p => !p.Key.EndsWith("City", StringComparison.Ordinal) && !p.Key.EndsWith("State", StringComparison.Ordinal)
            && !p.Key.EndsWith("Zip", StringComparison.Ordinal) && !p.Key.EndsWith("Country", StringComparison.Ordinal))
                .Select(p => $"{p.Key}={p.Value}").ShouldBe(
        [
            $"AccountSid={SandboxApp.AccountSid}", "ApiVersion=2010-04-01", $"CallSid={child}", "CallStatus=completed",
            "Direction=outbound-dial",
            "From=+61400000000", "To=sip:agent@pbx.example.com", "Caller=+61400000000", "Called=sip:agent@pbx.example.com",
            $"ParentCallSid={parent}",
            "CallDuration=61", "Duration=2", "Timestamp=Sun, 22 Nov 2026 09:01:01 +0000", "CallbackSource=call-progress-events",
            "SequenceNumber=3",
        ]);
        received[2]["CallDuration"].ShouldBeNull();
    }

    [Fact]
    public async Task NoEventsNamed_TellOnlyTheEnd()
    {
        await using var lab =
            await PhoneLab.StartAsync("<Dial><Number statusCallback=\"/progress\" statusCallbackMethod=\"GET\">+15005550002</Number></Dial>");

        await lab.CallInAsync();

        var ended = await lab.Owner.NextAsync(w => w.Path == "/progress");
        ended.Method.ShouldBe("GET");
        ended.Url.ShouldContain("CallStatus=busy");
        ended.Url.ShouldContain("SequenceNumber=0");
        ended.Url.ShouldContain("CallDuration=0");
    }

    [Fact]
    public async Task OnlyAnswered_IsTheOnlyEventTold()
    {
        await using var lab = await PhoneLab.StartAsync(
            "<Dial><Sip statusCallback=\"/progress\" statusCallbackEvent=\"answered\">sip:agent@pbx.example.com</Sip></Dial>",
            settings: new() { ["Sandbox:InboundStatusCallback"] = "{owner}/ended" });
        var (_, child) = await lab.ConnectAsync();
        await lab.ActAsync(child, "hangup");

        await lab.Owner.NextAsync(w => w.Path == "/ended");

        lab.Owner.All.Where(w => w.Path == "/progress").ShouldHaveSingleItem()["CallStatus"].ShouldBe("in-progress");
    }

    [Fact]
    public async Task Callback_ThatFailsForAWhile_IsRepeatedUnderOneTokenByItsOverrides()
    {
        await using var lab =
            await PhoneLab.StartAsync("<Dial><Number statusCallback=\"/progress#rc=2&amp;rp=5xx\">+15005550002</Number></Dial>");
        var tries = 0;
        lab.Owner.Script("/progress", (context, _) =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref tries) < 3 ? 503 : 200;
            return Task.CompletedTask;
        });

        await lab.CallInAsync();

        var received = new List<ReceivedWebhook>();
        for (var n = 0; n < 3; n++) received.Add(await lab.Owner.NextAsync(w => w.Path == "/progress"));
        received.Select(w => w.Header("I-Twilio-Idempotency-Token")).Distinct().ShouldHaveSingleItem().ShouldNotBeNullOrEmpty();
        received.Select(w => w["SequenceNumber"]).ShouldBe(["0", "0", "0"]);
    }

    [Fact]
    public async Task Callbacks_OfOneLeg_WaitForEachOther()
    {
        await using var lab = await PhoneLab.StartAsync($"<Dial><Sip {AllEvents}>sip:agent@pbx.example.com</Sip></Dial>");
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lab.Owner.Script("/progress", (_, webhook) => webhook["SequenceNumber"] == "0" ? release.Task : Task.CompletedTask);
        var (_, child) = await lab.ConnectAsync();
        await lab.ActAsync(child, "hangup");
        await lab.Owner.NextAsync(w => w.Path == "/progress");

        lab.Owner.All.Count(w => w.Path == "/progress").ShouldBe(1);
        release.SetResult();

        (await lab.Owner.NextAsync(w => w.Path == "/progress"))["SequenceNumber"].ShouldBe("1");
    }

    [Fact]
    public async Task CallbackUrl_ThatIsNone_CostsTheCallbackAndNotTheCall()
    {
        await using var lab = await PhoneLab.StartAsync(
            $"<Dial><Sip statusCallback=\"mailto:a@b\">sip:agent@pbx.example.com</Sip><Sip statusCallback=\"/{new string('a', 4000)}\">sip:b@pbx.example.com</Sip></Dial>");

        var parent = await lab.CallInAsync();

        (await lab.AlertsAsync(parent)).ShouldBe([11100, 11100]);
        (await lab.StatusAsync(parent)).ShouldBe("in-progress");
    }
}
