using System.Collections.Concurrent;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentPay.Web.Tests.Payments;

/// <summary>Analytics receives an event for each request that Twilio has accepted, from the agent or from the server.</summary>
public sealed class PaymentNoticeTests : IAsyncLifetime
{
    private readonly PaymentsLab _lab = new();
    private readonly ConcurrentQueue<PaymentNotice> _heard = new();
    private PaymentsHost _host = null!;
    private string _call = "";

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _host = await _lab.StartInstanceAsync();
        _host.Service<PaymentNews>().Published += _heard.Enqueue;
        _call = await _lab.CallAsync();
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Charge_ToItsEnd_TellsOfTheStartEachFieldAndTheSubmission()
    {
        var payment = await _host.StartPaymentAsync(_call);
        await _lab.EnterCardAsync(_host, _call, payment.Id);
        await _host.Desk.SubmitAsync("maria", payment.Id, default);
        await _host.UntilAsync(payment.Id, s => s.IsOver);
        await _host.Flow.Idle;

        _heard.Select(Words).ShouldBe(
            ["CaptureStarted", "FieldAsked PaymentCardNumber", "FieldAsked ExpirationDate", "FieldAsked SecurityCode", "Submitted"]);
        _heard.ShouldAllBe(n => n.Agent == "maria" && n.Call.ToString() == _call);
    }

    [Fact]
    public async Task Field_AskedAgain_TellsOfItsResetFirst()
    {
        var payment = await _host.StartPaymentAsync(_call);
        await _host.UntilAsync(payment.Id, s => s.Pending is null && s.Current is not null);
        await _host.Flow.Idle;
        _heard.Clear();

        PaymentsHost.Done(await _host.Desk.AskAsync("maria", payment.Id, CaptureField.PaymentCardNumber, default));

        _heard.Select(Words).ShouldBe(["FieldReset PaymentCardNumber", "FieldAsked PaymentCardNumber"]);
    }

    [Fact]
    public async Task Cancellation_PressedTwice_IsToldOnce()
    {
        var payment = await _host.StartPaymentAsync(_call);
        await _host.UntilAsync(payment.Id, s => s.Pending is null && s.Current is not null);

        await _host.Desk.CancelAsync("maria", payment.Id, default);
        await _host.Desk.CancelAsync("maria", payment.Id, default);

        _heard.Count(n => n is PaymentNotice.Cancelled).ShouldBe(1);
    }

    [Fact]
    public async Task Request_ThatTwilioRefuses_IsNotTold()
    {
        await _lab.HangUpAsync(_call);

        await _host.StartPaymentAsync(_call);

        _heard.ShouldBeEmpty();
    }

    [Fact]
    public void Notices_HaveNoRoomForCardDataTokensOrAmounts()
    {
        var types = typeof(PaymentNotice).GetNestedTypes().SelectMany(t => t.GetProperties()).Select(p => p.PropertyType).Distinct();

        types.ShouldBeSubsetOf([typeof(DateTimeOffset), typeof(string), typeof(CallSid), typeof(CaptureField), typeof(Type)]);
        typeof(PaymentNotice).GetNestedTypes().SelectMany(t => t.GetProperties()).Where(p => p.PropertyType == typeof(string))
            .ShouldAllBe(p => p.Name == "Agent");
    }

    [Fact]
    public void Publish_WithAListenerThatThrows_StillReachesTheOthers()
    {
        var news = new PaymentNews(NullLogger<PaymentNews>.Instance);
        news.Published += _ => throw new InvalidOperationException("deaf");
        news.Published += _heard.Enqueue;

        news.Publish(new PaymentNotice.Attached(APayment.Noon, "maria", default));

        _heard.Count.ShouldBe(1);
    }

    private static string Words(PaymentNotice notice) => notice switch
    {
        PaymentNotice.FieldAsked asked => $"FieldAsked {asked.Field}",
        PaymentNotice.FieldReset reset => $"FieldReset {reset.Field}",
        _ => notice.GetType().Name,
    };
}
