using System.Net;
using System.Text.Json;
using AgentPay.Web.Sandbox.Phone;
using AgentPay.Web.Tests.Sandbox.Voice;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AgentPay.Web.Tests.Sandbox.Phone;

/// <summary>The events that an open page receives, and for how long.</summary>
public sealed class PhoneFeedTests : IAsyncLifetime
{
    private const string OtherCustomer = "+61400000001";

    private PhoneLab _lab = null!;

    [Fact]
    public async Task Call_ThatComesInAndIsAnsweredAndEnded_IsToldStepByStep()
    {
        using var window = await PhoneWindow.OpenAsync(_lab.Sandbox);
        (await window.NextAsync()).GetProperty("call").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);

        var (parent, child) = await _lab.ConnectAsync(answer: false);
        var ringing = await window.CallAsync("in-progress", "ringing");
        await _lab.ActAsync(child, "answer");
        await window.CallAsync("in-progress", "in-progress");
        await _lab.ActAsync(parent, "hangup");
        var ended = await window.CallAsync("completed", "completed");

        ringing.GetProperty("isInbound").GetBoolean().ShouldBeTrue();
        ringing.GetProperty("business").GetString().ShouldBe(PhoneLab.Business);
        ringing.GetProperty("uui").GetString().ShouldBe("crm-7");
        ringing.GetProperty("key").GetString().ShouldBe("crm-7");
        ringing.GetProperty("customer").GetProperty("sid").GetString().ShouldBe(parent);
        ringing.GetProperty("customer").GetProperty("said")[0].GetString().ShouldBe("Welcome");
        ended.GetProperty("isLive").GetBoolean().ShouldBeFalse();
        ended.GetProperty("customer").GetProperty("endedAt").GetDateTimeOffset().ShouldBe(_lab.Sandbox.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Call_ThatThePbxMakes_ShowsTheCustomersLegAndTheUui()
    {
        var call = await _lab.CallOutAsync(new { to = PhoneLab.Customer, uui = "crm-8;encoding=ascii", answer = false });
        using var window = await PhoneWindow.OpenAsync(_lab.Sandbox);

        var shown = await window.CallAsync("ringing", "in-progress");

        shown.GetProperty("isInbound").GetBoolean().ShouldBeFalse();
        shown.GetProperty("customer").GetProperty("sid").GetString().ShouldBe(call.GetProperty("childSid").GetString());
        shown.GetProperty("uui").GetString().ShouldBe("crm-8;encoding=ascii");
        shown.GetProperty("key").GetString().ShouldBe("crm-8");
    }

    [Fact]
    public async Task Call_WithoutAUui_IsFoundByTheSidOfTheCaller()
    {
        var call = await _lab.CallOutAsync(new { to = PhoneLab.Customer });
        using var window = await PhoneWindow.OpenAsync(_lab.Sandbox);

        (await window.NextAsync()).GetProperty("call").GetProperty("key").GetString().ShouldBe(call.GetProperty("callSid").GetString());
    }

    [Fact]
    public async Task Call_ThatTwilioCannotPutThrough_ShowsWhatItsDebuggerSays()
    {
        _lab.Twiml("/inbound", "<Dial><Client>nobody</Client></Dial>");
        await _lab.CallInAsync();
        using var window = await PhoneWindow.OpenAsync(_lab.Sandbox);

        (await window.NextAsync()).GetProperty("call").GetProperty("alerts")[0].GetString()!.ShouldStartWith("12200");
    }

    [Fact]
    public async Task Window_OfAnotherCustomer_HearsNothingOfTheCall()
    {
        using var other = await PhoneWindow.OpenAsync(_lab.Sandbox, OtherCustomer);
        await other.NextAsync();

        await _lab.CallInAsync();
        var own = await _lab.CallInAsync(from: OtherCustomer, answer: false);

        var heard = new HashSet<string?>();
        var call = await other.CallAsync(call =>
        {
            heard.Add(call.GetProperty("sid").GetString());
            return call.GetProperty("agent").ValueKind == JsonValueKind.Object && call.GetProperty("agent").GetProperty("status")
                .GetString() == "ringing";
        });
        call.GetProperty("isLive").GetBoolean().ShouldBeTrue();
        heard.ShouldBe([own]);
    }

    [Fact]
    public async Task Number_WithTwoCalls_ShowsTheNewerAndCountsTheOther()
    {
        var older = await _lab.CallInAsync();
        var newer = await _lab.CallInAsync();
        using var window = await PhoneWindow.OpenAsync(_lab.Sandbox);

        var both = await window.NextAsync();
        await _lab.ActAsync(newer, "hangup");
        var left = await window.CallAsync(call => call.GetProperty("sid").GetString() == older);

        both.GetProperty("call").GetProperty("sid").GetString().ShouldBe(newer);
        both.GetProperty("moreCalls").GetInt32().ShouldBe(1);
        left.GetProperty("isLive").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Reset_WithAWindowOpen_TellsItThatAnotherLifeHasBegun()
    {
        await _lab.CallInAsync();
        using var window = await PhoneWindow.OpenAsync(_lab.Sandbox);
        var before = await window.NextAsync();

        await _lab.Sandbox.Control.ResetAsync();

        var after = await window.NextAsync();
        after.GetProperty("call").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        after.GetProperty("generation").GetString().ShouldNotBe(before.GetProperty("generation").GetString());
    }

    [Fact]
    public async Task Silence_OfAQuarterOfAMinute_IsBroken()
    {
        using var window = await PhoneWindow.OpenAsync(_lab.Sandbox);
        await window.NextAsync();

        await _lab.Sandbox.Clock.TimerAsync(TimeSpan.FromSeconds(15));
        _lab.Sandbox.Clock.Advance(TimeSpan.FromSeconds(15));

        (await window.NextLineAsync()).ShouldBe(": keep-alive");
    }

    [Fact]
    public async Task Window_OpenWhileTheServerStops_IsLetGo()
    {
        using var window = await PhoneWindow.OpenAsync(_lab.Sandbox);
        window.ContentType.ShouldBe("text/event-stream");
        await window.NextAsync();

        _lab.Sandbox.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        (await window.NextLineAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("0400000000")]
    [InlineData("sip:a@b.example")]
    public async Task Window_OfNoNumber_IsRefusedInWords(string number)
    {
        using var answer = await _lab.Sandbox.Anonymous.GetAsync($"sandbox/phone/events?number={Uri.EscapeDataString(number)}");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("number must be a number in E.164");
    }

    public async Task InitializeAsync()
    {
        _lab = await PhoneLab.StartAsync(
            "<Say>Welcome</Say><Dial><Sip>sip:agent@pbx.example.com?User-to-User=crm-7</Sip></Dial>",
            $"<Say>One moment</Say><Dial callerId=\"{PhoneLab.Business}\"><Number>{PhoneLab.Customer}</Number></Dial>");
    }

    public async Task DisposeAsync() => await _lab.DisposeAsync();

    /// <summary>The server learns by itself that a window is gone, and nothing announces when.</summary>
    private async Task UntilOneIsAdmittedAsync()
    {
        using var limit = new CancellationTokenSource(TestLimit.Time);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            using var window = await PhoneWindow.OpenAsync(_lab.Sandbox);
            if (window.Status == HttpStatusCode.OK) return;
        }
    }
}
