using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Support;
using static AgentPay.Web.Payments.RecordingStepKind;

namespace AgentPay.Web.Tests.Payments;

/// <summary>The recording of a call while a payment runs, on an account that records calls.</summary>
public sealed class RecordingTests : IAsyncLifetime
{
    private readonly PaymentsLab _lab = new(new() { ["Sandbox:RecordCalls"] = "true" });
    private string _call = "";

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _call = await _lab.CallAsync();
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Payment_OnARecordedCall_PausesTheRecordingAndResumesIt()
    {
        var host = await StartInstanceAsync("warn");
        var payment = await host.StartPaymentAsync(_call);
        (await RecordingAsync(_call)).ShouldBe(["in-progress", "paused"]);

        await _lab.EnterCardAsync(host, _call, payment.Id);
        await host.Desk.SubmitAsync(payment.Agent, payment.Id, default);
        var paid = await host.UntilAsync(payment.Id, s => s.RecordingSteps?.Count == 2);

        (await RecordingAsync(_call)).ShouldBe(["in-progress", "paused", "in-progress"]);
        paid.RecordingSteps!.Select(step => step.Kind).ShouldBe([Paused, Resumed]);
        (await _lab.HistoryAsync(host, paid))!.RecordingSteps.ShouldBe(paid.RecordingSteps);
    }

    [Fact]
    public async Task Payment_OfAProfileThatDoesNotPause_LeavesTheRecordingAlone()
    {
        var host = await StartInstanceAsync("no");

        var payment = await host.StartPaymentAsync(_call);

        (await RecordingAsync(_call)).ShouldBe(["in-progress"]);
        payment.RecordingSteps.ShouldBeNull();
    }

    [Fact]
    public async Task Payment_OnACallFromThePbx_PausesTheRecordingOfTheLegThatDialled()
    {
        var answer = await _lab.Sandbox.Anonymous.PostAsJsonAsync("sandbox/control/outbound", new { to = "+61400000001", uui = "4711" });
        var legs = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var (pbx, customer) = (legs.GetProperty("callSid").GetString()!, legs.GetProperty("childSid").GetString()!);
        var host = await StartInstanceAsync("required");

        var payment = await host.StartPaymentAsync(customer);

        payment.RecordingSteps!.Select(step => step.Kind).ShouldBe([Paused]);
        (await RecordingAsync(pbx)).ShouldBe(["in-progress", "paused"]);
    }

    [Fact]
    public async Task Start_WhenTheRecordingWasStopped_GoesOn()
    {
        await StopRecordingAsync();
        var host = await StartInstanceAsync("required");

        var payment = await host.StartPaymentAsync(_call);

        payment.Phase.ShouldBe(PaymentPhase.Capturing);
        payment.RecordingSteps!.Select(step => step.Kind).ShouldBe([NotRecorded]);
    }

    [Theory]
    [InlineData("warn", PaymentPhase.Capturing)]
    [InlineData("required", PaymentPhase.Failed)]
    public async Task Start_WhenTwilioRefusesThePause_GoesOnOrEndsAsTheProfileSays(string pause, PaymentPhase phase)
    {
        var host = await StartInstanceAsync(pause);
        host.Edge.Answer = request =>
            request.Path.Value!.Contains("/Recordings/", StringComparison.Ordinal) ? (403, """{"code":20006}""") : null;

        var answer = await host.Desk.StartAsync("maria", new(CallSid.Parse(_call), Amount: 12.5m), default);

        var payment = PaymentsHost.Done(answer);
        payment.Phase.ShouldBe(phase);
        payment.RecordingSteps![0].Kind.ShouldBe(NotPaused);
        (payment.Outcome?.Result).ShouldBe(phase == PaymentPhase.Failed ? "recording-not-paused" : null);
        (await _lab.GatewayAsync("charges")).ShouldBe(0);
    }

    [Fact]
    public async Task Payment_WhoseInstanceStopsBeforeTheEnd_IsResumedByAnother()
    {
        var first = await StartInstanceAsync("warn");
        var payment = await first.StartPaymentAsync(_call);
        await first.DisposeAsync();
        var second = await StartInstanceAsync("warn");

        _lab.Clock.Advance(TimeSpan.FromMinutes(2));
        await second.LookAsync();
        await second.Desk.CancelAsync(payment.Agent, payment.Id, default);
        var ended = await second.UntilAsync(payment.Id, s => s.RecordingSteps?.Count == 2);

        ended.RecordingSteps!.Select(step => step.Kind).ShouldBe([Paused, Resumed]);
        (await RecordingAsync(_call)).ShouldBe(["in-progress", "paused", "in-progress"]);
    }

    [Fact]
    public async Task Payment_WhoseInstanceStopsAtTheResumption_IsResumedByTheSweepOfAnother()
    {
        var first = await StartInstanceAsync("warn");
        var payment = await first.StartPaymentAsync(_call);
        first.Edge.CutAt(request => request.Path.Value!.Contains("/Recordings/", StringComparison.Ordinal), Moment.Before);
        await Task.WhenAny(first.Desk.CancelAsync(payment.Agent, payment.Id, default), first.Edge.WhenCut);
        await first.Edge.WhenCut;
        await first.DisposeAsync();
        (await RecordingAsync(_call)).ShouldBe(["in-progress", "paused"]);
        var second = await StartInstanceAsync("warn");

        _lab.Clock.Advance(TimeSpan.FromMinutes(2));
        await second.LookAsync();
        await _lab.PumpAsync(second.Outbox.WhenDoneAsync("recording"));

        (await RecordingAsync(_call)).ShouldBe(["in-progress", "paused", "in-progress"]);
    }

    [Theory]
    [InlineData("Shop", "paused")]
    [InlineData("Quiet", "in-progress")]
    public async Task Resumption_WhileAnotherPaymentRuns_WaitsForItOnlyIfItPausesToo(string profile, string status)
    {
        var host = await StartInstanceAsync("warn");
        var first = await host.StartPaymentAsync(_call);
        host.Edge.Fault = request => request.Path.Value!.Contains("/Recordings/", StringComparison.Ordinal) ? Moment.Before : null;
        await host.Desk.CancelAsync(first.Agent, first.Id, default);
        await host.UntilAsync(first.Id, s => s.IsOver);
        var start = host.Desk.StartAsync("maria", new(CallSid.Parse(_call), Amount: 5, Profile: profile), default);
        PaymentsHost.Done(await _lab.PumpAsync(start)).IsOver.ShouldBeFalse();

        host.Edge.Fault = _ => null;
        await _lab.PumpAsync(host.Outbox.WhenDoneAsync("recording"));

        (await RecordingAsync(_call))[^1].ShouldBe(status);
    }

    private Task<PaymentsHost> StartInstanceAsync(string pause) => _lab.StartInstanceAsync(new()
    {
        ["Payments:Profiles:0:Name"] = "Shop", ["Payments:Profiles:0:Connector"] = "Default", ["Payments:Profiles:0:PauseRecording"] =
            pause,
        ["Payments:Profiles:1:Name"] = "Quiet", ["Payments:Profiles:1:Connector"] = "Default",
    });

    private async Task StopRecordingAsync()
    {
        var path = $"sandbox/twilio/2010-04-01/Accounts/{SandboxApp.AccountSid}/Calls/{_call}/Recordings/Twilio.CURRENT.json";
        (await _lab.Sandbox.Http.PostAsync(path, new FormUrlEncodedContent([new("Status", "stopped")]))).EnsureSuccessStatusCode();
    }

    private async Task<string?[]> RecordingAsync(string call)
    {
        var report = await _lab.Sandbox.Anonymous.GetFromJsonAsync<JsonElement>($"sandbox/control/calls/{call}");
        return [.. report.GetProperty("recording").EnumerateArray().Select(status => status.GetString())];
    }
}
