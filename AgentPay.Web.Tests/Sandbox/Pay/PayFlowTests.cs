using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>
/// Whole payments, with the exact parameters of every callback in their order. Dates are compared in a test of their own.
/// </summary>
public sealed class PayFlowTests(PayBench bench) : IClassFixture<PayBench>
{
    private const string Visa = "PaymentCardNumber=xxxxxxxxxxxx1111 PaymentCardType=visa";
    private const string Guid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    [Fact]
    public async Task Charge_FromStartToEnd_SendsTheObservedSequence()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("ChargeAmount=9.99", "PostalCode=false", "PaymentConnector=PGP_MOCK");
        await call.EnterCardAsync();
        await call.CompleteAsync();

        var common = $"AccountSid={SandboxApp.AccountSid} CallSid={call.CallSid} Sid={call.PaymentSid} PaymentMethod=credit-card";
        var shapes = call.Received.Select(Shape).ToList();
        shapes.ShouldAllBe(shape => shape.StartsWith(common + " ", StringComparison.Ordinal));
        const string all = "Required=payment-card-number,expiration-date,security-code DateUpdated";
        string[] expected =
        [
            "PaymentConnector=PGP_MOCK ChargeAmount=9.99 DateCreated",
            $"Capture=payment-card-number {all}",
            .. Enumerable.Range(1, 15)
                .Select(n => $"Capture=payment-card-number PartialResult=true PaymentCardNumber={new string('x', n)} {all}"),
            $"Capture=payment-card-number {Visa} Required=expiration-date,security-code DateUpdated",
            $"Capture=expiration-date {Visa} Required=expiration-date,security-code DateUpdated",
            .. "1 12 123".Split(' ')
                .Select(typed =>
                $"Capture=expiration-date PartialResult=true {Visa} ExpirationDate={typed} Required=expiration-date,security-code DateUpdated"),
            $"Capture=expiration-date {Visa} ExpirationDate=1230 Required=security-code DateUpdated",
            $"Capture=security-code {Visa} ExpirationDate=1230 Required=security-code DateUpdated",
            .. "x xx".Split(' ')
                .Select(typed =>
                $"Capture=security-code PartialResult=true {Visa} ExpirationDate=1230 SecurityCode={typed} Required=security-code DateUpdated"),
            $"Capture=security-code {Visa} ExpirationDate=1230 SecurityCode=xxx Required= DateUpdated",
        ];
        shapes.SkipLast(1).Select(shape => shape[(common.Length + 1)..]).ShouldBe(expected);
        shapes[^1]
            .ShouldMatch($"^{common} Result=success {Visa} ExpirationDate=1230 SecurityCode=xxx PaymentToken= PaymentConfirmationCode=ch_[0-9a-f]{{32}} ProfileId= DateUpdated$");
    }

    [Fact]
    public async Task Charge_OfAVisaCard_SendsTwentyEightCallbacks()
    {
        var call = await bench.ACallAsync();
        await call.StartWithCardAsync(PayCall.Visa, "ChargeAmount=1");
        await call.CompleteAsync();

        call.Received.Count.ShouldBe(28);
    }

    [Fact]
    public async Task Tokenise_FromStartToEnd_EndsWithTokenAndProfile()
    {
        var call = await bench.ACallAsync();
        await call.CreateAndKeepAsync("ChargeAmount=0", "PostalCode=false", "TokenType=one-time");
        Shape(await call.NextAsync()).ShouldEndWith("PaymentMethod=credit-card PaymentConnector=Default TokenType=one-time DateCreated");
        await call.EnterCardAsync();

        Shape(await call.CompleteAsync()).ShouldMatch(
            $"PaymentMethod=credit-card Result=success {Visa} ExpirationDate=1230 SecurityCode=xxx PaymentToken=tok_[0-9a-f]{{32}} PaymentConfirmationCode= ProfileId={Guid} DateUpdated$");
    }

    [Fact]
    public async Task PostalCode_LeftAtItsDefault_IsRequiredLastAndShownInClear()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("ChargeAmount=1");
        await call.EnterCardAsync();

        Shape(await call.EnterAsync("postal-code", "94111#")).ShouldEndWith(
            $"Capture=postal-code {Visa} ExpirationDate=1230 SecurityCode=xxx PaymentCardPostalCode=94111 Required= DateUpdated");
    }

    [Fact]
    public async Task BankAccount_FromStartToEnd_IsMaskedButForTwoDigits()
    {
        var call = await bench.ACallAsync();
        await call.CreateAndKeepAsync("PaymentMethod=ach-debit", "BankAccountType=consumer-savings", "ChargeAmount=20",
            "Parameter={\"AVSName\":\"Ann\"}");
        Shape(await call.NextAsync())
            .ShouldEndWith("PaymentMethod=ach-debit BankAccountType=consumer-savings PaymentConnector=Default ChargeAmount=20.00 DateCreated");

        Shape(await call.EnterAsync("bank-routing-number", "021000021")).ShouldEndWith(
            "BankAccountType=consumer-savings Capture=bank-routing-number BankRoutingNumber=021000021 Required=bank-account-number DateUpdated");
        Shape(await call.EnterAsync("bank-account-number", "12345678#")).ShouldEndWith(
            "Capture=bank-account-number BankRoutingNumber=021000021 BankAccountNumber=******78 Required= DateUpdated");
        call.Received.ShouldContain(callback => callback["BankAccountNumber"] == "****" && callback["PartialResult"] == "true");
        Shape(await call.CompleteAsync()).ShouldMatch(
            "Result=success BankRoutingNumber=021000021 BankAccountNumber=\\*{6}78 PaymentToken= PaymentConfirmationCode=ch_.{32} ProfileId= DateUpdated$");
    }

    [Fact]
    public async Task Cancel_AfterOneField_ReportsWhatWasCaptured()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false");
        await call.EnterAsync("payment-card-number", PayCall.Visa);
        await call.UpdateOkAsync("Capture=expiration-date");
        await call.PressAsync("12");
        await call.UpdateOkAsync("Status=cancel");

        Shape(await call.NextAsync(callback => callback["Result"] is not null))
            .ShouldEndWith($"PaymentMethod=credit-card Result=transaction-cancelled {Visa} DateUpdated");
    }

    [Fact]
    public async Task Decline_FromTheGateway_IsReportedWithItsWords()
    {
        var call = await bench.ACallAsync();
        await call.StartWithCardAsync("4000000000000002", "ChargeAmount=1");

        Shape(await call.CompleteAsync()).ShouldEndWith(
            "Result=payment-connector-error PaymentCardNumber=xxxxxxxxxxxx0002 PaymentCardType=visa ExpirationDate=1230 SecurityCode=xxx "
            + "PaymentError=Your card was declined. PayErrorCode=64008 ConnectorError=card_declined DateUpdated");
    }

    [Fact]
    public async Task Dates_OfOneSession_IncreaseStrictlyWhileTheClockStands()
    {
        var call = await bench.ACallAsync();
        await call.StartWithCardAsync(PayCall.Visa);
        await call.CompleteAsync();

        var dates = call.Received.Select(callback => callback["DateCreated"] ?? callback["DateUpdated"]!).ToList();
        dates.ShouldAllBe(date => System.Text.RegularExpressions.Regex.IsMatch(date, @"^2026-11-22T\d\d:\d\d:\d\d\.\d{3}Z$"));
        dates.ShouldBe(dates.Order(StringComparer.Ordinal).Distinct());
    }

    [Fact]
    public async Task Callbacks_OfEachUpdate_GoToTheUrlGivenWithIt()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false", $"StatusCallback={call.CallbackUrl}/start");
        await call.UpdateOkAsync("Capture=payment-card-number", $"StatusCallback={call.CallbackUrl}/number");
        await call.PressAsync("4");
        await call.UpdateOkAsync("Status=cancel", $"StatusCallback={call.CallbackUrl}/cancel");
        await call.NextAsync(callback => callback["Result"] is not null);

        call.Received.Select(callback => callback.Path.Split('/')[^1]).ShouldBe(["start", "number", "number", "cancel"]);
    }

    [Fact]
    public async Task Matchers_OfAllFields_AreRequiredAfterTheirFields()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("RequireMatchingInputs=security-code, payment-card-number,postal-code,expiration-date");
        await call.UpdateOkAsync("Capture=payment-card-number");

        (await call.NextAsync())["Required"].ShouldBe(
            "payment-card-number,payment-card-number-matcher,expiration-date,expiration-date-matcher,security-code,security-code-matcher,postal-code,postal-code-matcher");
    }

    private static string Shape(ReceivedWebhook callback) =>
        string.Join(' ', callback.Form.Select(p => p.Key.StartsWith("Date", StringComparison.Ordinal) ? p.Key : $"{p.Key}={p.Value}"));
}
