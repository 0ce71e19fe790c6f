using System.Net;
using System.Net.Http.Json;
using System.Text;
using AgentPay.Web.Tests.Sandbox.Voice;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Sandbox.Voice;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Sandbox.Control;

public sealed class CallControlTests
{
    private const string Unknown = "CA00000000000000000000000000000000";

    [Theory]
    [InlineData("calls", """{"from":"0400000000","to":"+61280000000"}""", "from must")]
    [InlineData("calls", """{"from":"+61400000000","to":"+6128000000000000"}""", "to must")]
    [InlineData("calls", "", "JSON")]
    [InlineData("outbound", """{"to":"+61400000000","uui":"a\r\nX-Evil: 1"}""", "uui must")]
    [InlineData($"calls/{Unknown}/keys", """{"digits":"12w"}""", "digits must")]
    public async Task Request_ThatCannotBe_IsRefusedInWords(string path, string body, string words)
    {
        await using var lab = await PhoneLab.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await lab.Sandbox.Anonymous.PostAsync($"sandbox/control/{path}", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(words);
        lab.Owner.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("answer")]
    [InlineData("hangup")]
    public async Task Act_OnAnUnknownCall_Is404(string act)
    {
        await using var lab = await PhoneLab.StartAsync();

        (await lab.ActAsync(Unknown, act)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Answer_OnTheCallersLeg_NamesTheTelephoneThatRings()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (parent, child) = await lab.ConnectAsync(answer: false);

        using var answer = await lab.ActAsync(parent, "answer");

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(child);
    }

    [Theory]
    [InlineData("answer", "in-progress")]
    [InlineData("hangup", "completed")]
    public async Task Act_ThatComesTooLate_IsRefusedWithTheState(string act, string state)
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (_, child) = await lab.ConnectAsync();
        if (act == "hangup") await lab.ActAsync(child, "hangup");

        using var answer = await lab.ActAsync(child, act);

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(state);
    }

    [Fact]
    public async Task Keys_OnARingingLeg_AreRefused()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (_, child) = await lab.ConnectAsync(answer: false);

        using var answer = await lab.Sandbox.Anonymous.PostAsJsonAsync($"sandbox/control/calls/{child}/keys", new { digits = "1" });

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Keys_Pressed_ReachTheListenersInOrderAndAreShownNowhere()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (parent, _) = await lab.ConnectAsync();
        var heard = new StringBuilder();
        using var listening = Find(lab, parent).Listen(key => Task.FromResult(heard.Append(key)), () => Task.CompletedTask);

        await lab.PressAsync(parent, "49294929*#0");

        heard.ToString().ShouldBe("49294929*#0");
        (await lab.ShowAsync(parent)).GetRawText().ShouldNotContain("49294929");
    }

    [Fact]
    public async Task Keys_WithAGap_WaitByTheClockBetweenThem()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (parent, _) = await lab.ConnectAsync();
        var heard = new StringBuilder();
        using var listening = Find(lab, parent).Listen(key => Task.FromResult(heard.Append(key)), () => Task.CompletedTask);

        var pressing = lab.PressAsync(parent, "12", gapMs: 500);
        await lab.Sandbox.Clock.TimerAsync(TimeSpan.FromMilliseconds(500));
        heard.ToString().ShouldBe("1");
        lab.Sandbox.Clock.Advance(TimeSpan.FromMilliseconds(500));

        await pressing;
        heard.ToString().ShouldBe("12");
    }

    [Fact]
    public async Task Keys_ThatCauseCallbacks_AreAnsweredOnceThoseAreSettled()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (parent, _) = await lab.ConnectAsync();
        var (asked, settled) = (NewSource(), NewSource());
        using var listening = Find(lab, parent).Listen(
            _ => Task.CompletedTask, () => Task.CompletedTask, () => { asked.TrySetResult(); return settled.Task; });

        var pressing = lab.PressAsync(parent, "1");
        await asked.Task;

        pressing.IsCompleted.ShouldBeFalse();
        settled.SetResult();
        await pressing;
    }

    [Fact]
    public async Task Keys_WhoseCallbacksNeverSettle_AreAnsweredAfterFifteenSeconds()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (parent, _) = await lab.ConnectAsync();
        using var listening = Find(lab, parent)
            .Listen(_ => Task.CompletedTask, () => Task.CompletedTask, () => new TaskCompletionSource().Task);
        var pressing = lab.PressAsync(parent, "1");

        await lab.Sandbox.Clock.TimerAsync(TimeSpan.FromSeconds(15));
        lab.Sandbox.Clock.Advance(TimeSpan.FromSeconds(15));

        await pressing;
    }

    [Fact]
    public async Task Calls_Listed_AreNewestFirstWithoutTheirRequests()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);
        var (parent, child) = await lab.ConnectAsync();

        var list = await lab.Sandbox.Anonymous.GetFromJsonAsync<System.Text.Json.JsonElement>("sandbox/control/calls");

        list.EnumerateArray().Select(c => c.GetProperty("sid").GetString()).ShouldBe([child, parent]);
        list[1].GetProperty("children")[0].GetString().ShouldBe(child);
        list[1].GetProperty("requests").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Requests_OfALeg_ShowTheWebhooksMadeForIt()
    {
        await using var lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);

        var request = (await lab.ShowAsync(await lab.CallInAsync())).GetProperty("requests")[0];

        request.GetProperty("url").GetString().ShouldBe(lab.Owner.Url + "/inbound");
        request.GetProperty("method").GetString().ShouldBe("POST");
        request.GetProperty("status").GetInt32().ShouldBe(200);
        request.GetProperty("tries").GetInt32().ShouldBe(1);
        request.GetProperty("parameters").GetProperty("From").GetString().ShouldBe(PhoneLab.Customer);
    }

    [Fact]
    public async Task Reset_WithARunningCall_ForgetsItAndTellsNobody()
    {
        await using var lab =
            await PhoneLab.StartAsync("<Dial timeout=\"10\"><Sip statusCallback=\"/progress\">sip:agent@pbx.example.com</Sip></Dial>");
        var (parent, _) = await lab.ConnectAsync(answer: false);

        await lab.Sandbox.Control.ResetAsync();
        lab.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        await lab.CallInAsync(answer: false);

        (await lab.ActAsync(parent, "hangup")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        lab.Owner.All.ShouldNotContain(w => w.Path == "/progress");
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Leg Find(PhoneLab lab, string sid) => lab.Sandbox.Services.GetRequiredService<Legs>().Find(sid)!;
}
