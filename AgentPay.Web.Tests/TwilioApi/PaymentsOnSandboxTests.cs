using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>The Payments client against the sandbox, over HTTP: the sandbox accepts every request that the client can make.</summary>
public sealed class PaymentsOnSandboxTests(TwilioSandbox sandbox) : IClassFixture<TwilioSandbox>
{
    private static readonly CaptureField[] CardFields =
        [CaptureField.PaymentCardNumber, CaptureField.ExpirationDate, CaptureField.SecurityCode, CaptureField.PostalCode];

    [Fact]
    public async Task Create_OfAChargeWithEveryParameter_StartsIt()
    {
        var (call, callback) = await CallAsync();

        var payment = await sandbox.Payments.CreateAsync(call, Everything(callback, Money.Charge("1234.5", "EUR")));

        var started = await sandbox.NextAsync("/pay/" + call);
        (payment.CallSid, started["Sid"]).ShouldBe((call, payment.Sid.ToString()));
        (started["ChargeAmount"], started["PaymentConnector"], started["PaymentMethod"], started["TokenType"])
            .ShouldBe(("1234.50", "Stripe", "credit-card", null));
    }

    [Fact]
    public async Task Create_OfATokenOfABankAccountWithEveryParameter_StartsIt()
    {
        var (call, callback) = await CallAsync();
        var everything = Everything(callback, new PaymentGoal.Token(TokenType.OneTime, Money.Of("EUR"))) with
        {
            PaymentMethod = PaymentMethod.AchDebit, BankAccountType = BankAccountType.CommercialChecking, RequireMatchingInputs = null,
        };

        await sandbox.Payments.CreateAsync(call, everything);

        var started = await sandbox.NextAsync("/pay/" + call);
        (started["TokenType"], started["PaymentMethod"], started["BankAccountType"])
            .ShouldBe(("one-time", "ach-debit", "commercial-checking"));
    }

    [Fact]
    public async Task Update_WithEveryFieldOfACardAndItsMatcher_IsAccepted()
    {
        var (call, callback) = await CallAsync();
        var payment = await sandbox.Payments.CreateAsync(call, Everything(callback, Money.Charge("1", "USD")));

        CaptureField[] bankFields = [CaptureField.BankRoutingNumber, CaptureField.BankAccountNumber];
        foreach (var field in Enum.GetValues<CaptureField>().Except(bankFields))
            (await UpdateAsync(payment, callback, new PaymentStep.Capture(field))).Sid.ShouldBe(payment.Sid);

        var told = await sandbox.Owner.NextAsync(webhook =>
            webhook["Sid"] == payment.Sid.ToString() && webhook["Capture"] == "payment-card-number");
        told["Required"]!.Split(',').ShouldBe(CardFields.SelectMany(f => new[] { WireName.Of(f), WireName.Of(f) + "-matcher" }));
    }

    [Theory]
    [InlineData(CaptureField.BankRoutingNumber)]
    [InlineData(CaptureField.BankAccountNumber)]
    public async Task Update_WithAFieldOfABankAccount_IsAccepted(CaptureField field)
    {
        var (call, callback) = await CallAsync();
        var payment = await sandbox.Payments.CreateAsync(call, Bank(callback));

        await UpdateAsync(payment, callback, new PaymentStep.Capture(field));

        (await CaptureAsync(payment))["Capture"].ShouldBe(WireName.Of(field));
    }

    [Fact]
    public async Task Update_WithCancel_EndsThePayment()
    {
        var (call, callback) = await CallAsync();
        var payment = await sandbox.Payments.CreateAsync(call, Everything(callback, Money.Charge("1", "USD")));

        await UpdateAsync(payment, callback, new PaymentStep.Cancel());

        (await ResultAsync(payment)).ShouldBe("transaction-cancelled");
    }

    [Fact]
    public async Task Update_WithComplete_ChargesOnceAllIsCaptured()
    {
        var (call, callback) = await CallAsync();
        var payment = await sandbox.Payments.CreateAsync(call, Bank(callback));
        await EnterAsync(payment, CaptureField.BankRoutingNumber, "021000021");
        await EnterAsync(payment, CaptureField.BankAccountNumber, "12345678#");

        await UpdateAsync(payment, callback, new PaymentStep.Complete());

        (await ResultAsync(payment)).ShouldBe("success");
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Create_WithAnyOfOurValues_IsAccepted(string _, Func<CreatePayment, CreatePayment> with)
    {
        var (call, callback) = await CallAsync();

        var payment = await sandbox.Payments.CreateAsync(
            call, with(new() { IdempotencyKey = "1", StatusCallback = callback, Goal = new PaymentGoal.Token() }));

        payment.CallSid.ShouldBe(call);
    }

    public static TheoryData<string, Func<CreatePayment, CreatePayment>> Values()
    {
        var values = new TheoryData<string, Func<CreatePayment, CreatePayment>>();
        foreach (var type in Enum.GetValues<TokenType>())
            values.Add($"{type}", p => p with { Goal = new PaymentGoal.Token(type), PaymentConnector = "Stripe" });
        foreach (var type in Enum.GetValues<CardType>()) values.Add($"{type}", p => p with { ValidCardTypes = [type] });
        foreach (var type in Enum.GetValues<BankAccountType>()) values.Add($"{type}", p => AsBank(p) with { BankAccountType = type });
        foreach (var method in Enum.GetValues<PaymentMethod>()) values.Add($"{method}", p => AsBank(p) with { PaymentMethod = method });
        foreach (var field in CardFields) values.Add($"{field} twice", p => p with { RequireMatchingInputs = [field] });
        values.Add("all card types", p => p with { ValidCardTypes = Enum.GetValues<CardType>() });
        return values;
    }

    [Theory]
    [InlineData("0.01", "USD")]
    [InlineData("999999.99", "EUR")]
    [InlineData("999999", "JPY")]
    [InlineData("1.005", "KWD")]
    [InlineData("0.0001", "CLF")]
    public async Task Create_OfACharge_MeansTheAmountThatWeMean(string amount, string currency)
    {
        var (call, callback) = await CallAsync();
        var charge = Money.Charge(amount, currency);

        await sandbox.Payments.CreateAsync(call, new() { IdempotencyKey = "1", StatusCallback = callback, Goal = charge });

        (await sandbox.NextAsync("/pay/" + call))["ChargeAmount"].ShouldBe(charge.Amount.ToString());
    }

    private static CreatePayment Everything(string callback, PaymentGoal goal) => new()
    {
        IdempotencyKey = "1-start",
        StatusCallback = callback,
        Goal = goal,
        PaymentMethod = PaymentMethod.CreditCard,
        PaymentConnector = "Stripe",
        Description = "Zoë & Söhne, 100 %",
        PostalCode = true,
        MinPostalCodeLength = 4,
        SecurityCode = true,
        Timeout = TimeSpan.FromSeconds(600),
        ValidCardTypes = Enum.GetValues<CardType>(),
        RequireMatchingInputs = CardFields,
        Confirmation = false,
        Parameter = new Dictionary<string, string> { ["AVSName"] = "Zoë \"Z\" O'Hara", ["reference"] = "A&B=1" },
    };

    private static CreatePayment Bank(string callback) =>
        AsBank(new() { IdempotencyKey = "1", StatusCallback = callback, Goal = Money.Charge("20", "USD") });

    private static CreatePayment AsBank(CreatePayment payment) =>
        payment with { PaymentMethod = PaymentMethod.AchDebit, Parameter = new Dictionary<string, string> { ["AVSName"] = "Ann" } };

    private async Task<(CallSid Call, string Callback)> CallAsync()
    {
        var call = await sandbox.CallInAsync();
        return (call, $"{sandbox.Owner.Url}/pay/{call}");
    }

    private Task<Payment> UpdateAsync(Payment payment, string callback, PaymentStep step) =>
        sandbox.Payments.UpdateAsync(
            payment.CallSid, payment.Sid, new() { IdempotencyKey = step.ToString(), StatusCallback = callback, Step = step });

    private async Task EnterAsync(Payment payment, CaptureField field, string keys)
    {
        await UpdateAsync(payment, $"{sandbox.Owner.Url}/pay/{payment.CallSid}", new PaymentStep.Capture(field));
        await sandbox.App.Control.PressAsync(payment.CallSid.ToString(), keys);
    }

    private Task<ReceivedWebhook> CaptureAsync(Payment payment) =>
        sandbox.Owner.NextAsync(webhook => webhook["Sid"] == payment.Sid.ToString() && webhook["Capture"] is not null);

    private async Task<string> ResultAsync(Payment payment) =>
        (await sandbox.Owner.NextAsync(webhook => webhook["Sid"] == payment.Sid.ToString() && webhook["Result"] is not null))["Result"]!;
}
