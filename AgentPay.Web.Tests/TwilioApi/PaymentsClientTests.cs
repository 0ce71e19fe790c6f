using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

[InCulture("de-DE")]
public sealed class PaymentsClientTests : IAsyncLifetime
{
    private static readonly string PaymentPath =
        TwilioStub.PaymentsPath.Replace(".json", $"/{TwilioStub.Payment}.json", StringComparison.Ordinal);

    private TwilioStub _stub = null!;

    public async Task InitializeAsync()
    {
        _stub = await TwilioStub.StartAsync();
        _stub.Answers(TwilioStub.PaymentsPath, new Answer(201, Bodies.Payment));
        _stub.Answers(PaymentPath, new Answer(202, Bodies.Payment));
    }

    public Task DisposeAsync() => _stub.DisposeAsync().AsTask();

    [ContractFact]
    public async Task CreateAsync_EveryParameterOfACharge_IsSentUnderTwiliosName()
    {
        await _stub.Payments.CreateAsync(TwilioStub.Call, Everything(Money.Charge("1234.5", "EUR")));

        Contract.ShouldSendEverything(OpenApi.Api2010(), _stub.Received.Single(), "TokenType", "Input");
    }

    [ContractFact]
    public async Task CreateAsync_EveryParameterOfAToken_IsSentUnderTwiliosName()
    {
        await _stub.Payments.CreateAsync(TwilioStub.Call, Everything(new PaymentGoal.Token(TokenType.OneTime, Money.Of("EUR"))));

        Contract.ShouldSendEverything(OpenApi.Api2010(), _stub.Received.Single(), "ChargeAmount", "Input");
    }

    [Theory]
    [InlineData("ChargeAmount", "1234.50")]
    [InlineData("Currency", "EUR")]
    [InlineData("PaymentMethod", "ach-debit")]
    [InlineData("BankAccountType", "commercial-checking")]
    [InlineData("ValidCardTypes", "visa diners-club")]
    [InlineData("RequireMatchingInputs", "payment-card-number,security-code")]
    [InlineData("Parameter", """{"reference":"A-1"}""")]
    [InlineData("PostalCode", "false")]
    [InlineData("SecurityCode", "true")]
    [InlineData("Confirmation", "true")]
    [InlineData("Timeout", "20")]
    [InlineData("MinPostalCodeLength", "4")]
    [InlineData("Description", "Zoë & Söhne")]
    public async Task CreateAsync_Parameter_IsWrittenAsTwilioReadsIt(string name, string value)
    {
        await _stub.Payments.CreateAsync(TwilioStub.Call, Everything(Money.Charge("1234.5", "EUR")));

        _stub.Received.Single()[name].ShouldBe(value);
    }

    [Fact]
    public async Task CreateAsync_OnlyWhatIsRequired_SendsNothingElse()
    {
        await _stub.Payments.CreateAsync(
            TwilioStub.Call, new() { IdempotencyKey = "1-start", StatusCallback = "https://x.example/cb", Goal = new PaymentGoal.Token() });

        _stub.Received.Single().Form.ShouldBe([new("IdempotencyKey", "1-start"), new("StatusCallback", "https://x.example/cb")]);
    }

    [Fact]
    public async Task CreateAsync_Answer_IsRead()
    {
        var payment = await _stub.Payments.CreateAsync(TwilioStub.Call, Everything(new PaymentGoal.Token()));

        payment.Sid.ShouldBe(TwilioStub.Payment);
        payment.CallSid.ShouldBe(TwilioStub.Call);
    }

    [ContractTheory]
    [MemberData(nameof(Steps))]
    public async Task UpdateAsync_Step_IsSentAlone(PaymentStep step, string name, string value)
    {
        var payment = await _stub.Payments.UpdateAsync(TwilioStub.Call, TwilioStub.Payment, Update(step));

        payment.Sid.ShouldBe(TwilioStub.Payment);
        Contract.ShouldSendEverything(OpenApi.Api2010(), _stub.Received.Single(), name == "Capture" ? "Status" : "Capture");
        _stub.Received.Single()[name].ShouldBe(value);
    }

    public static TheoryData<PaymentStep, string, string> Steps() => new()
    {
        { new PaymentStep.Capture(CaptureField.PaymentCardNumberMatcher), "Capture", "payment-card-number-matcher" },
        { new PaymentStep.Complete(), "Status", "complete" },
        { new PaymentStep.Cancel(), "Status", "cancel" },
    };

    [Theory]
    [InlineData("", "https://x.example/cb")]
    [InlineData("key", " ")]
    public async Task CreateAsync_EmptyKeyOrCallback_IsRefusedBeforeItIsSent(string key, string callback)
    {
        var payment = new CreatePayment { IdempotencyKey = key, StatusCallback = callback, Goal = new PaymentGoal.Token() };

        await Should.ThrowAsync<ArgumentException>(async () => await _stub.Payments.CreateAsync(TwilioStub.Call, payment));

        _stub.Received.ShouldBeEmpty();
    }

    private static CreatePayment Everything(PaymentGoal goal) => new()
    {
        IdempotencyKey = "1-start",
        StatusCallback = "https://app.example.com/paySyncUpdate?payment=1#rc=3",
        Goal = goal,
        PaymentMethod = PaymentMethod.AchDebit,
        BankAccountType = BankAccountType.CommercialChecking,
        PaymentConnector = "Default",
        Description = "Zoë & Söhne",
        PostalCode = false,
        MinPostalCodeLength = 4,
        SecurityCode = true,
        Timeout = TimeSpan.FromSeconds(20),
        ValidCardTypes = [CardType.Visa, CardType.DinersClub],
        RequireMatchingInputs = [CaptureField.PaymentCardNumber, CaptureField.SecurityCode],
        Confirmation = true,
        Parameter = new Dictionary<string, string> { ["reference"] = "A-1" },
    };

    private static UpdatePayment Update(PaymentStep step) =>
        new() { IdempotencyKey = "1-step", StatusCallback = "https://app.example.com/cb", Step = step };
}
