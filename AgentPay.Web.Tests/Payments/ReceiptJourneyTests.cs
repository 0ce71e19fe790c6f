using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Sandbox.Phone;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Payments;

/// <summary>Receipts by text message over the sandbox, from the button to the handset.</summary>
public sealed class ReceiptJourneyTests : IAsyncLifetime
{
    private const string Agent = "maria";
    private const string Customer = SandboxControl.Customer;

    private static readonly Dictionary<string, string?> Settings = new() { ["Payments:Receipts:From"] = SandboxControl.Business };

    private readonly PaymentsLab _lab = new();
    private PaymentsHost _host = null!;

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _host = await _lab.StartInstanceAsync(Settings);
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Send_AfterACharge_ReachesTheHandsetOnceAndIsInTheHistory()
    {
        var paid = await PayAsync();

        var answers = await Task.WhenAll(SendAsync(_host, paid, Customer), SendAsync(_host, paid, Customer));
        var delivered = await _host.UntilAsync(paid.Id, s => s.Receipt?.State == ReceiptState.Delivered);
        PaymentsHost.Done(await SendAsync(_host, paid, Customer)).Receipt.ShouldBe(delivered.Receipt);

        answers.ShouldAllBe(answer => answer is DeskAnswer.Done);
        var message = (await MessagesAsync(Customer)).ShouldHaveSingleItem();
        message.ShouldStartWith("Payment of 42.50 USD received on ");
        message.ShouldContain("ending 1111. Confirmation: " + paid.Outcome!.Confirmation);
        delivered.Receipt!.ShouldSatisfyAllConditions(
            receipt => receipt.NumberEnd.ShouldBe("000"),
            receipt => receipt.By.ShouldBe(Agent),
            receipt => receipt.Message.ShouldStartWith("SM"));
        (await _lab.HistoryAsync(_host, delivered))!.Receipt.ShouldBe(delivered.Receipt);
    }

    [Fact]
    public async Task Send_OnTwoInstances_IsSentOnce()
    {
        var (paid, other) = (await PayAsync(), await _lab.StartInstanceAsync(Settings));
        await other.Flow.RefreshAsync(paid.Id, default);

        await Task.WhenAll(SendAsync(_host, paid, Customer), SendAsync(other, paid, Customer));

        (await MessagesAsync(Customer)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("+15005550004", 21610, "unsubscribed")]
    [InlineData("+15005550009", 21614, "cannot receive text messages")]
    [InlineData("+15005550003", 21408, "switched off in Twilio")]
    public async Task Send_ThatTwilioRefuses_SaysWhyAndCanBeSentAgain(string number, int code, string words)
    {
        var paid = await PayAsync();

        var refused = PaymentsHost.Done(await SendAsync(_host, paid, number)).Receipt!;

        (refused.State, refused.Code).ShouldBe((ReceiptState.NotSent, code));
        ReceiptProblem.Of(code).ShouldContain(words);
        await SendAsync(_host, paid, Customer, attempt: 2);
        (await MessagesAsync(Customer)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Send_ToALandline_IsReportedAsNotDelivered()
    {
        var paid = await PayAsync();

        await SendAsync(_host, paid, "+15005550010");

        var receipt = (await _host.UntilAsync(paid.Id, s => s.Receipt?.State == ReceiptState.NotDelivered)).Receipt!;
        receipt.Code.ShouldBe(30006);
    }

    [Fact]
    public async Task Send_WithoutAClearAnswer_IsNotRepeated()
    {
        var paid = await PayAsync();
        await _lab.FaultsAsync(new { callbackLoss = 1.0 });
        _host.Edge.Fault = request => IsMessage(request.Path) ? Moment.After : null;

        var receipt = PaymentsHost.Done(await _lab.PumpAsync(SendAsync(_host, paid, Customer))).Receipt!;

        receipt.State.ShouldBe(ReceiptState.Unclear);
        (await MessagesAsync(Customer)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Send_WhoseAnswerIsLost_IsDeliveredWithTheMessageOfTheReport()
    {
        var paid = await PayAsync();
        _host.Edge.Fault = request => IsMessage(request.Path) ? Moment.After : null;

        await _lab.PumpAsync(SendAsync(_host, paid, Customer));

        var delivered = await _host.UntilAsync(paid.Id, s => s.Receipt?.State == ReceiptState.Delivered);
        delivered.Receipt!.Message.ShouldNotBeNull().ShouldStartWith("SM");
    }

    [Fact]
    public async Task Send_WhoseInstanceStops_IsUnclearAndNotSentByAnother()
    {
        var (paid, other) = (await PayAsync(), await _lab.StartInstanceAsync(Settings));
        _host.Edge.CutAt(request => IsMessage(request.Path), Moment.Before);
        await Task.WhenAny(SendAsync(_host, paid, Customer), _host.Edge.WhenCut);
        await _host.Edge.WhenCut;
        await _host.DisposeAsync();

        PaymentsHost.Done(await SendAsync(other, paid, Customer)).Receipt!.State.ShouldBe(ReceiptState.Sending);
        _lab.Clock.Advance(SmsReceipt.AnswerTimeout);
        var session = (await other.Flow.RefreshAsync(paid.Id, default))!;

        session.Receipt!.StateAt(_lab.Clock.GetUtcNow()).ShouldBe(ReceiptState.Unclear);
        (await MessagesAsync(Customer)).ShouldBeEmpty();
        await SendAsync(other, paid, Customer, attempt: 2);
        (await MessagesAsync(Customer)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Send_ThatIsNotAllowed_SendsNothing()
    {
        var paid = await PayAsync();
        var failed = await _host.StartPaymentAsync(await _lab.CallAsync());
        await _host.Desk.CancelAsync(Agent, failed.Id, default);
        await _host.UntilAsync(failed.Id, s => s.IsFinal);
        var silent = await _lab.StartInstanceAsync();

        (await SendAsync(_host, paid, "0400 000 000")).ShouldBeOfType<DeskAnswer.Refused>().Code.ShouldBe(Receipts.NumberInvalid);
        (await SendAsync(_host, paid, Customer, isAgreed: false)).ShouldBeOfType<DeskAnswer.Refused>().Code.ShouldBe("receipt-consent");
        (await SendAsync(_host, paid, Customer, agent: "ben")).ShouldBe(DeskAnswer.NotYours);
        (await SendAsync(_host, failed, Customer)).ShouldBeOfType<DeskAnswer.Refused>().Code.ShouldBe("receipt-not-paid");
        (await SendAsync(silent, paid, Customer)).ShouldBeOfType<DeskAnswer.Refused>().Code.ShouldBe("receipt-not-paid");
        (await MessagesAsync(Customer)).ShouldBeEmpty();
    }

    private static bool IsMessage(string? path) => path!.EndsWith("/Messages.json", StringComparison.Ordinal);

    private static Task<DeskAnswer> SendAsync(
        PaymentsHost host, PaymentSession payment, string number, int attempt = 1, bool isAgreed = true, string agent = Agent) =>
        host.Service<Receipts>().SendAsync(agent, payment.Id, new(number, isAgreed, attempt, TimeZoneInfo.Utc), default);

    private async Task<PaymentSession> PayAsync()
    {
        var call = await _lab.CallAsync();
        var payment = await _host.StartPaymentAsync(call);
        await _lab.EnterCardAsync(_host, call, payment.Id);
        await _host.Desk.SubmitAsync(Agent, payment.Id, default);
        return await _host.UntilAsync(payment.Id, s => s.Phase == PaymentPhase.Succeeded);
    }

    /// <summary>The texts on the handset of a number, oldest first.</summary>
    private async Task<string[]> MessagesAsync(string number)
    {
        using var phone = await PhoneWindow.OpenAsync(_lab.Sandbox, number);
        return [.. (await phone.NextAsync()).GetProperty("messages").EnumerateArray()
            .Select(message => message.GetProperty("body").GetString()!)];
    }
}
