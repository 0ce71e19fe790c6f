using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.TwilioApi;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Payments;

/// <summary>The parameters that Twilio receives for a profile, on a German machine, and complete payments with unusual profiles.</summary>
[InCulture("de-DE")]
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class PaymentProfileJourneyTests : IAsyncLifetime
{
    private readonly PaymentsLab _lab =
        new(new() { ["Sandbox:Connectors:0:Name"] = "Striped", ["Sandbox:Connectors:0:TokenTypes:0"] = "payment-method" });
    private PaymentsHost _host = null!;
    private string _call = "";

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _call = await _lab.CallAsync();
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Start_WithEveryKeySet_AsksTwilioForJustThat()
    {
        await StartInstanceAsync(new()
        {
            ["Connector"] = "PGP_MOCK", ["Currency"] = "eur", ["CaptureOrder"] =
                "payment-card-number,expiration-date,postal-code", ["ValidCardTypes"] = "visa diners-club",
            ["Timeout"] = "00:00:12", ["MinPostalCodeLength"] = "4", ["RequireMatchingInputs"] = "payment-card-number", ["Confirmation"] =
                "true", ["Parameters:shop"] = "7",
        });

        PaymentsHost.Done(await _host.Desk.StartAsync("maria", new(CallSid.Parse(_call), Amount: 1234.5m, Description: " Spende für Ümit ",
            Reference: "R-1"), default)).Payment.ShouldNotBeNull();

        var form = Form();
        form.Remove("StatusCallback", out var callback).ShouldBeTrue();
        callback.ToString().ShouldStartWith(_lab.Door.Url + "/paySyncUpdate?payment=");
        form.Remove("IdempotencyKey").ShouldBeTrue();
        form.ShouldBe(new Dictionary<string, string>
        {
            ["PaymentConnector"] = "PGP_MOCK", ["ChargeAmount"] = "1234.50", ["Currency"] = "EUR", ["Description"] =
                "Spende für Ümit", ["PaymentMethod"] = "credit-card",
            ["PostalCode"] = "true", ["SecurityCode"] = "false", ["MinPostalCodeLength"] = "4", ["Timeout"] = "12", ["ValidCardTypes"] =
                "visa diners-club",
            ["RequireMatchingInputs"] = "payment-card-number", ["Confirmation"] = "true", ["Parameter"] =
                """{"shop":"7","reference":"R-1"}""",
        }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("JPY", "250", "250")]
    [InlineData("KWD", "1.5", "1.500")]
    public async Task Start_InACurrencyWithOtherDecimals_FormatsItsAmount(string currency, string amount, string sent)
    {
        await StartInstanceAsync([]);

        PaymentsHost.Done(await _host.Desk.StartAsync("maria", new(CallSid.Parse(_call),
            Amount: JsonSerializer.Deserialize<decimal>(amount), Currency: currency), default)).Payment.ShouldNotBeNull();

        var form = Form();
        form["ChargeAmount"].ShouldBe(sent);
        form.ContainsKey("TokenType").ShouldBeFalse();
        (form["PostalCode"], form["SecurityCode"]).ShouldBe(("false", "true"));
    }

    [Theory]
    [InlineData(TokenType.Reusable, "Default")]
    [InlineData(TokenType.OneTime, "Default")]
    [InlineData(TokenType.PaymentMethod, "Striped")]
    public async Task Tokenise_OfEachType_KeepsTokenAndProfile(TokenType type, string connector)
    {
        await StartInstanceAsync(new() { ["TokenType"] = type.ToString(), ["Connector"] = connector });
        var payment = await _host.StartPaymentAsync(_call, amount: 0);
        await _lab.EnterCardAsync(_host, _call, payment.Id);

        var made = await SubmitAsync(payment.Id);

        (Form()["TokenType"], Form().ContainsKey("ChargeAmount")).ShouldBe((WireName.Of(type), false));
        made.Phase.ShouldBe(PaymentPhase.Succeeded);
        var record = (await _lab.HistoryAsync(_host, made))!;
        (record.Token, record.ProfileId, record.Confirmation).ShouldBe((made.Outcome!.Token, made.Outcome.ProfileId, null));
        made.Outcome.Token.ShouldNotBeNullOrEmpty();
        made.Outcome.ProfileId.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task BankAccount_IsChargedAndShownByItsMaskAlone()
    {
        await StartInstanceAsync(
            new() { ["PaymentMethod"] = "AchDebit", ["BankAccountType"] = "ConsumerSavings", ["Parameters:AVSName"] = "Ada Lovelace" });
        var payment = await _host.StartPaymentAsync(_call);
        await _lab.EnterAsync(_host, _call, payment.Id, CaptureField.BankRoutingNumber, "021000021");
        await _lab.EnterAsync(_host, _call, payment.Id, CaptureField.BankAccountNumber, "123456789#");
        await _host.UntilAsync(payment.Id, s => s.Phase == PaymentPhase.Ready);

        var paid = await SubmitAsync(payment.Id);

        (Form()["PaymentMethod"], Form()["BankAccountType"]).ShouldBe(("ach-debit", "consumer-savings"));
        paid.Phase.ShouldBe(PaymentPhase.Succeeded);
        paid.Row(CaptureField.BankRoutingNumber)!.Shown.ShouldBeNull();
        (await _lab.HistoryAsync(_host, paid))!.LastFour.ShouldBe("89");
    }

    [Fact]
    public async Task CardNumber_ToBeEnteredTwice_IsAskedAgainUntilBothMatch()
    {
        await StartInstanceAsync(new() { ["RequireMatchingInputs"] = "payment-card-number", ["Attempts"] = "2" });
        var payment = await _host.StartPaymentAsync(_call);
        await _lab.EnterAsync(_host, _call, payment.Id, CaptureField.PaymentCardNumber, PaymentsLab.GoodCard);
        await _lab.EnterAsync(_host, _call, payment.Id, CaptureField.PaymentCardNumberMatcher, "4444333322221111");
        await _host.UntilAsync(payment.Id, s => s.Row(CaptureField.PaymentCardNumberMatcher) is { Asked: 2, IsOpen: true }
            && s.Pending is null);
        await _lab.PressAsync(_call, PaymentsLab.GoodCard);
        await _lab.EnterAsync(_host, _call, payment.Id, CaptureField.ExpirationDate, "1230");
        await _lab.EnterAsync(_host, _call, payment.Id, CaptureField.SecurityCode, "123");
        await _host.UntilAsync(payment.Id, s => s.Phase == PaymentPhase.Ready);

        (await SubmitAsync(payment.Id)).Phase.ShouldBe(PaymentPhase.Succeeded);
    }

    [Theory]
    [InlineData("1", PaymentPhase.Succeeded)]
    [InlineData("2", PaymentPhase.Cancelled)]
    public async Task Confirmation_IsTheCallersWord(string key, PaymentPhase end)
    {
        await StartInstanceAsync(new() { ["Confirmation"] = "true" });
        var payment = await _host.StartPaymentAsync(_call);
        await _lab.EnterCardAsync(_host, _call, payment.Id);
        PaymentsHost.Done(await _host.Desk.SubmitAsync("maria", payment.Id, default)).Phase.ShouldBe(PaymentPhase.Confirming);

        await _lab.PressAsync(_call, key);

        (await _host.UntilAsync(payment.Id, s => s.IsOver)).Phase.ShouldBe(end);
    }

    [Fact]
    public async Task Confirmation_CancelledByTheAgent_ChargesNothing()
    {
        await StartInstanceAsync(new() { ["Confirmation"] = "true" });
        var payment = await _host.StartPaymentAsync(_call);
        await _lab.EnterCardAsync(_host, _call, payment.Id);
        await _host.Desk.SubmitAsync("maria", payment.Id, default);

        PaymentsHost.Done(await _host.Desk.CancelAsync("maria", payment.Id, default));

        (await _host.UntilAsync(payment.Id, s => s.IsOver)).Phase.ShouldBe(PaymentPhase.Cancelled);
        (await _lab.GatewayAsync("charges")).ShouldBe(0);
    }

    [Fact]
    public async Task Connector_ThatDemandsAReference_GetsIt()
    {
        await StartInstanceAsync(new() { ["Connector"] = "ReferenceRequired" });
        var order = new PaymentOrder(CallSid.Parse(_call), Amount: 5);

        PaymentsHost.Done(await _host.Desk.StartAsync("maria", order, default)).Outcome.ShouldBe(new PaymentOutcome("not-started", 64015));

        PaymentsHost.Done(await _host.Desk.StartAsync("maria", order with { Reference = "R-1" }, default)).Payment.ShouldNotBeNull();
    }

    [Fact]
    public async Task Start_OfAPaymentWhoseProfileIsGone_IsNotSentByAnother()
    {
        await StartInstanceAsync([]);
        _host.Edge.CutAt(request => request.Path.Value!.EndsWith("/Payments.json", StringComparison.Ordinal), Moment.Before);
        var starting = _host.Desk.StartAsync("maria", new(CallSid.Parse(_call), Amount: 5), default);
        await _host.Edge.WhenCut;
        var other = await _lab.StartInstanceAsync(
            new() { ["Payments:Profiles:0:Name"] = "Other", ["Payments:Profiles:0:Connector"] = "PGP_MOCK" });

        await _lab.PumpAsync(starting);
        var latest = (await _lab.PumpAsync(other.Service<CallPayments>().LatestAsync(CallSid.Parse(_call), default)))!.Value;
        PaymentSession? ended = null;
        for (var looks = 0; looks < 30 && ended is not { IsOver: true }; looks++)
        {
            _lab.Clock.Advance(TimeSpan.FromSeconds(5));
            await _lab.PumpAsync(other.LookAsync());
            await _lab.PumpAsync(other.IdleAsync());
            ended = await _lab.PumpAsync(other.Flow.RefreshAsync(latest, default));
        }
        ended.ShouldNotBeNull();
        (ended.Phase, ended.Outcome, other.Edge.Starts.Count).ShouldBe((PaymentPhase.Failed, new PaymentOutcome("not-started"), 0));
        var again = (await other.Desk.StartAgainAsync("maria", latest, default)).ShouldBeOfType<DeskAnswer.Refused>();
        (again.Code, other.Edge.Starts.Count).ShouldBe(("profile-unknown", 0));
    }

    [Fact]
    public async Task Start_OnAnotherLegThanTheAgentSaw_IsRefused()
    {
        await StartInstanceAsync([]);
        var order = new PaymentOrder(CallSid.Parse(_call), Amount: 5) { SeenCall = CallSid.Parse("CA" + new string('9', 32)) };

        (await _host.Desk.StartAsync("maria", order, default)).ShouldBe(DeskAnswer.OtherCall);
        _host.Edge.Starts.ShouldBeEmpty();

        PaymentsHost.Done(await _host.Desk.StartAsync("maria", order with { SeenCall = order.Call }, default)).Payment.ShouldNotBeNull();
    }

    private async Task StartInstanceAsync(Dictionary<string, string?> profile) =>
        _host = await _lab.StartInstanceAsync(profile.Append(new("Name", "Shop"))
            .ToDictionary(p => $"Payments:Profiles:0:{p.Key}", p => p.Value));

    private async Task<PaymentSession> SubmitAsync(PaymentId payment)
    {
        PaymentsHost.Done(await _host.Desk.SubmitAsync("maria", payment, default));
        return await _host.UntilAsync(payment, s => s.IsOver);
    }

    private Dictionary<string, string> Form() => _host.Edge.Starts.Last().ToDictionary(p => p.Key, p => p.Value.ToString());
}
