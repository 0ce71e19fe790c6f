using System.Net;
using System.Text;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>Every refusal of a new session, and the answer to an accepted one.</summary>
public sealed class CreatePaymentTests(PayBench bench) : IClassFixture<PayBench>
{
    [Theory]
    [InlineData(20001, "IdempotencyKey")]
    [InlineData(20001, "StatusCallback")]
    [InlineData(21205, "StatusCallback=ftp://127.0.0.1/pay")]
    [InlineData(21205, "StatusCallback=http://example.com/pay")]
    [InlineData(64003, "ChargeAmount=-1")]
    [InlineData(64003, "ChargeAmount=9.999")]
    [InlineData(64003, "ChargeAmount=1000000")]
    [InlineData(64003, "ChargeAmount=100.5", "Currency=JPY")]
    [InlineData(64004, "PaymentConnector=Nonesuch")]
    [InlineData(64005, "PaymentConnector=ChargeOnly")]
    [InlineData(64006, "TokenType=payment-method")]
    [InlineData(64006, "TokenType=reusable", "PaymentConnector=OneTimeOnly")]
    [InlineData(64007, "PaymentConnector=TokenizeOnly", "ChargeAmount=1")]
    [InlineData(64011, "Currency=XXX")]
    [InlineData(64011, "Currency=USD", "PaymentConnector=EuroOnly")]
    [InlineData(64013, "PaymentMethod=ach-debit", "PaymentConnector=CardsOnly", "Parameter={\"AVSName\":\"Ann\"}")]
    [InlineData(64014, "PaymentMethod=ach-debit")]
    [InlineData(64015, "PaymentConnector=ReferenceRequired", "Parameter={\"order\":7}")]
    [InlineData(64017, "BankAccountType=consumer-savings")]
    [InlineData(64020, "BankAccountType=savings")]
    [InlineData(64020, "TokenType=reusable", "ChargeAmount=1")]
    [InlineData(64020, "TokenType=forever")]
    [InlineData(64020, "PaymentMethod=cash")]
    [InlineData(64020, "Input=speech")]
    [InlineData(64020, "Timeout=601")]
    [InlineData(64020, "MinPostalCodeLength=0")]
    [InlineData(64020, "PostalCode=94111")]
    [InlineData(64020, "SecurityCode=yes")]
    [InlineData(64020, "ValidCardTypes=visa unionpay")]
    [InlineData(64020, "RequireMatchingInputs=security-code", "SecurityCode=false")]
    [InlineData(64020, "RequireMatchingInputs=payment-card-number-matcher")]
    [InlineData(64020, "Parameter=text")]
    [InlineData(64020, "Parameter={\"a\":{\"b\":1}}")]
    public async Task Create_OfWhatCannotBe_IsRefusedWithTwiliosCode(int code, params string[] form)
    {
        var reply = await (await bench.ACallAsync()).CreateAsync(form);

        reply.Code.ShouldBe(code, reply.Body);
        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        reply.Json.EnumerateObject().Select(member => member.Name).ShouldBe(["code", "message", "more_info", "status"]);
    }

    [Theory]
    [InlineData("ChargeAmount=100", "Currency=JPY")]
    [InlineData("ChargeAmount=", "TokenType=one-time", "Currency=EUR")]
    [InlineData("PostalCode=False", "SecurityCode=TRUE", "Confirmation=true")]
    [InlineData("ValidCardTypes=visa  mastercard amex maestro discover optima jcb diners-club enroute")]
    [InlineData("Parameter={'name':'foobar'}", "Description=Zoë & Söhne")]
    public async Task Create_OfWhatMayBe_IsAccepted(params string[] form)
    {
        var reply = await (await bench.ACallAsync()).CreateAsync(form);

        reply.Status.ShouldBe(HttpStatusCode.Created, reply.Body);
    }

    [Fact]
    public async Task Create_OnACall_AnswersAsTwilioDoes()
    {
        var call = await bench.ACallAsync();
        bench.Clock.Advance(TimeSpan.FromMilliseconds(250));

        await call.CreateAndKeepAsync();
        var reply = await call.UpdateAsync("Capture=payment-card-number");

        var now = bench.Clock.GetUtcNow().ToString("r").Replace("GMT", "+0000", StringComparison.Ordinal);
        reply.Body.ShouldBe(
            $$"""{"account_sid":"{{SandboxApp.AccountSid}}","call_sid":"{{call.CallSid}}","sid":"{{call.PaymentSid}}","date_created":"{{now}}","date_updated":"{{now}}","uri":"{{call.PaymentPath}}"}""");
    }

    [Fact]
    public async Task Create_ForACallThatDoesNotExist_IsNotFoundBeforeAnythingElse()
    {
        var path = $"/2010-04-01/Accounts/{SandboxApp.AccountSid}/Calls/CA00000000000000000000000000000000/Payments.json";

        var reply = await (await bench.ACallAsync()).PostAsync(path, "IdempotencyKey");

        (reply.Status, reply.Code).ShouldBe((HttpStatusCode.NotFound, 20404));
    }

    [Fact]
    public async Task Create_InAnotherAccount_IsNotFound()
    {
        var call = await bench.ACallAsync();

        var reply = await call.PostAsync(
            call.PaymentsPath.Replace(SandboxApp.AccountSid, "AC11111111111111111111111111111111", StringComparison.Ordinal));

        (reply.Status, reply.Code).ShouldBe((HttpStatusCode.NotFound, 20404));
    }

    [Fact]
    public async Task Create_OnARingingCall_IsRefused()
    {
        var reply = await (await bench.ARingingCallAsync()).CreateAsync();

        reply.Code.ShouldBe(21220);
    }

    [Fact]
    public async Task Create_OnAnEndedCall_IsRefused()
    {
        var call = await bench.ACallAsync();
        await call.HangUpAsync();

        (await call.CreateAsync()).Code.ShouldBe(21220);
    }

    [Fact]
    public async Task Create_WhileASessionLives_IsRefusedUntilItHasEnded()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync();

        (await call.CreateAsync()).Code.ShouldBe(64021);
        await call.UpdateOkAsync("Status=cancel");
        (await call.CreateAsync()).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Create_OnSeveralCallsAtOnce_KeepsThemApart()
    {
        var one = await bench.ACallAsync();
        var other = await bench.ACallAsync();
        await one.StartAsync();
        await other.StartAsync();
        await one.UpdateOkAsync("Capture=payment-card-number");
        await other.PressAsync("4");
        await one.UpdateOkAsync("Status=cancel");

        (await one.NextAsync(callback => callback["Result"] is not null))["Sid"].ShouldBe(one.PaymentSid);
        other.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Create_ByGet_IsNotAllowed()
    {
        using var answer = await bench.Sandbox.Http.GetAsync("sandbox/twilio" + (await bench.ACallAsync()).PaymentsPath);

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }
}
