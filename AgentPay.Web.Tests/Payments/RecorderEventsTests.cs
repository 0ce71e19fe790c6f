using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Events;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Support;
using static AgentPay.Web.Payments.RecordingStepKind;

namespace AgentPay.Web.Tests.Payments;

/// <summary>The events to the recorder of the PBX, with the sandbox's recorder as the receiver.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class RecorderEventsTests : IAsyncLifetime
{
    private readonly PaymentsLab _lab = new();
    private string _call = "";

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _call = await _lab.CallAsync();
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Payment_ToItsEnd_IsReportedBeforeTwilioOpensItAndWhenItIsOver()
    {
        var host = await StartInstanceAsync("no");
        var reportedFirst = 0;
        host.Edge.Answer = request =>
        {
            if (request.Path.Value!.EndsWith("/Payments.json", StringComparison.Ordinal)) reportedFirst = ReceivedAsync().Result.Count;
            return null;
        };
        var payment = PaymentsHost.Done(await host.Desk.StartAsync("maria", new(CallSid.Parse(_call), Uui: "crm-4711", Amount: 12.5m), default));
        reportedFirst.ShouldBe(1);

        await _lab.EnterCardAsync(host, _call, payment.Id);
        await host.Desk.SubmitAsync(payment.Agent, payment.Id, default);
        var paid = await host.UntilAsync(payment.Id, s => s.RecorderState == EndAccepted);

        var events = await ReceivedAsync();
        events.Select(e => Text(e, "type")).ShouldBe(["payment.started", "payment.ended"]);
        events.Select(e => Text(e, "id")).ShouldBe([$"{payment.Id}-started", $"{payment.Id}-ended"]);
        events.ShouldAllBe(e => Text(e, "payment") == payment.Id.ToString() && Text(e, "call") == _call && Text(e, "uui") == "crm-4711");
        paid.RecordingSteps!.Select(step => step.Kind).ShouldBe([StartAccepted, EndAccepted]);
        (await _lab.HistoryAsync(host, paid))!.RecordingSteps.ShouldBe(paid.RecordingSteps);
        host.Service<EventClient>().Latest.Accepted.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("warn", PaymentPhase.Capturing)]
    [InlineData("no", PaymentPhase.Capturing)]
    [InlineData("required", PaymentPhase.Failed)]
    public async Task Start_WhenTheRecorderFails_GoesOnOrEndsAsTheProfileSays(string pause, PaymentPhase phase)
    {
        await _lab.FaultsAsync(new { recorderError = 1 });
        var host = await StartInstanceAsync(pause);

        var payment = await host.StartPaymentAsync(_call);

        payment.Phase.ShouldBe(phase);
        payment.RecordingSteps![0].ShouldBe(new(StartNotAccepted, _lab.Clock.GetUtcNow(), 500));
        (payment.Outcome?.Result).ShouldBe(phase == PaymentPhase.Failed ? "recorder-not-reached" : null);
        host.Service<EventClient>().Latest.Refused!.Status.ShouldBe(500);
    }

    [Fact]
    public async Task Start_WhenTheRecorderIsSlow_WaitsForItThreeSecondsOnly()
    {
        await _lab.FaultsAsync(new { recorderDelayMs = 60_000 });
        var host = await StartInstanceAsync("no");
        var (start, since) = (host.StartPaymentAsync(_call), _lab.Clock.GetUtcNow());

        var payment = await _lab.PumpAsync(host.UntilAsync((await _lab.PumpAsync(start)).Id, s => s.Phase == PaymentPhase.Capturing));

        payment.RecordingSteps![0].At.ShouldBe(since + Timeouts.EventTry);
    }

    [Fact]
    public async Task Start_ThatWasNotAccepted_IsSentAgainAndBeforeTheEnd()
    {
        await _lab.FaultsAsync(new { recorderError = 1 });
        var host = await StartInstanceAsync("warn");
        var payment = await host.StartPaymentAsync(_call);
        await host.Desk.CancelAsync(payment.Agent, payment.Id, default);
        await host.UntilAsync(payment.Id, s => s.IsOver);
        (await ReceivedAsync()).ShouldBeEmpty();

        await _lab.FaultsAsync(new { });
        await _lab.PumpAsync(host.Outbox.WhenDoneAsync("event"));

        (await ReceivedAsync()).Select(e => Text(e, "type")).ShouldBe(["payment.started", "payment.ended"]);
        host.Feed.Latest(payment.Id)!.RecordingSteps!.Where(step => step.IsEvent).Select(step => step.Kind)
            .ShouldBe([StartNotAccepted, StartAccepted, EndAccepted]);
    }

    [Fact]
    public async Task End_WhoseInstanceStops_IsReportedByTheSweepOfAnother()
    {
        var first = await StartInstanceAsync("no");
        var payment = await first.StartPaymentAsync(_call);
        await _lab.FaultsAsync(new { recorderError = 1 });
        await first.Desk.CancelAsync(payment.Agent, payment.Id, default);
        await first.UntilAsync(payment.Id, s => s.RecorderState == EndNotAccepted);
        await first.DisposeAsync();
        await _lab.FaultsAsync(new { });
        var second = await StartInstanceAsync("no");

        _lab.Clock.Advance(TimeSpan.FromMinutes(2));
        await second.LookAsync();
        await _lab.PumpAsync(second.Outbox.WhenDoneAsync("event"));

        (await ReceivedAsync()).Select(e => Text(e, "id")).ShouldBe([$"{payment.Id}-started", $"{payment.Id}-ended"]);
    }

    [Fact]
    public async Task Payment_WithoutARecorder_SendsNothing()
    {
        var host = await _lab.StartInstanceAsync();

        var payment = await host.StartPaymentAsync(_call);

        payment.RecordingSteps.ShouldBeNull();
        (await ReceivedAsync()).ShouldBeEmpty();
    }

    private Task<PaymentsHost> StartInstanceAsync(string pause) => _lab.StartInstanceAsync(new()
    {
        ["Payments:Profiles:0:Name"] = "Shop", ["Payments:Profiles:0:Connector"] = "Default", ["Payments:Profiles:0:PauseRecording"] = pause,
        ["Events:Url"] = _lab.Sandbox.Url + "sandbox/recorder",
        ["Events:Secret"] = "whsec_c2FuZGJveC1ldmVudC1zZWNyZXQtMDAwMDAwMDAwMDAw",
    });

    private async Task<List<JsonElement>> ReceivedAsync() =>
        (await _lab.Sandbox.Anonymous.GetFromJsonAsync<List<JsonElement>>("sandbox/control/recorder"))!;

    private static string? Text(JsonElement received, string name) => received.GetProperty(name).GetString();
}
