using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.Payments;

/// <summary>Twilio has accepted the submission, but its answer does not say so: the payment is never reported as not charged.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class UnclearAnswerTests : IAsyncLifetime
{
    private const string Refusal = """{"code":20001,"message":"No","status":400}""";

    private readonly PaymentsLab _lab = new();
    private PaymentsHost _host = null!;
    private PaymentSession _payment = null!;
    private string _call = "";

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _host = await _lab.StartInstanceAsync();
        _call = await _lab.CallAsync();
        _payment = await _host.StartPaymentAsync(_call);
        await _lab.EnterCardAsync(_host, _call, _payment.Id);
        // Twilio's last word is on its way for a while.
        await _lab.FaultsAsync(new { callbackDelayMs = 20_000 });
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Submission_DoneAndThenRefused_WaitsForTheOutcome()
    {
        var tries = 0;
        _host.Edge.Fault = request => IsStep(request) && Interlocked.Increment(ref tries) == 1 ? Moment.After : null;
        _host.Edge.Answer = request => IsStep(request) && tries > 0 ? (400, Refusal) : null;

        await SubmitAsync();

        await CancelAndEndAsync();
    }

    [Theory]
    [InlineData(202, "{}")]
    [InlineData(202, """{"sid":null,"call_sid":null}""")]
    [InlineData(302, "")]
    [InlineData(408, "")]
    public async Task Submission_DoneAndAnsweredUnreadably_WaitsForTheOutcome(int status, string body)
    {
        var tries = 0;
        _host.Edge.Fault = request => IsStep(request) && Interlocked.Increment(ref tries) == 1 ? Moment.After : null;
        _host.Edge.Answer = request => IsStep(request) && tries > 0 ? (status, body) : null;

        await SubmitAsync();

        await CancelAndEndAsync();
    }

    [Fact]
    public async Task Submission_OfAnInstanceThatHasDied_RefusedToTheNext_WaitsForTheOutcome()
    {
        var next = await _lab.StartInstanceAsync();
        _host.Edge.CutAt(IsStep, Moment.After);
        var submit = _host.Desk.SubmitAsync("maria", _payment.Id, default);
        await _host.Edge.WhenCut;
        await _host.DisposeAsync();
        next.Edge.Answer = request => IsStep(request) ? (400, Refusal) : null;
        await next.Flow.RefreshAsync(_payment.Id, default);
        _lab.Clock.Advance(TimeSpan.FromSeconds(6));
        await _lab.PumpAsync(next.LookAsync());
        await _lab.PumpAsync(next.IdleAsync());

        (_host, next.Edge.Answer) = (next, _ => null);

        await CancelAndEndAsync();
    }

    [Fact]
    public async Task Submission_RefusedAtOnce_MayBeTriedAgain()
    {
        _host.Edge.Answer = request => IsStep(request) ? (400, Refusal) : null;

        await SubmitAsync();

        var now = (await _host.Service<PaymentStore>().LoadAsync(_payment.Id, default))!;
        (now.Phase, now.Refusal).ShouldBe((PaymentPhase.Ready, 20001));
    }

    private async Task SubmitAsync()
    {
        await _lab.PumpAsync(_host.Desk.SubmitAsync("maria", _payment.Id, default));
        await _lab.PumpAsync(_host.IdleAsync());
    }

    /// <summary>The agent wants to cancel meanwhile; then the outcome comes.</summary>
    private async Task CancelAndEndAsync()
    {
        var cancel = await _lab.PumpAsync(_host.Desk.CancelAsync("maria", _payment.Id, default));
        await _lab.PumpAsync(_host.UntilAsync(_payment.Id, s => s.IsOver));
        await _lab.PumpAsync(_host.IdleAsync());

        var end = (await _host.Flow.RefreshAsync(_payment.Id, default))!;
        (await _lab.GatewayAsync("charges")).ShouldBe(1);
        (cancel, end.Phase).ShouldBe((DeskAnswer.TooLate, PaymentPhase.Succeeded));
    }

    private static bool IsStep(HttpRequest request) => request.Path.Value!.Contains("/Payments/", StringComparison.Ordinal);
}
