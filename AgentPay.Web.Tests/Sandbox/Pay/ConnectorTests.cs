using System.Text.Json;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>The Generic Pay Connector contract, with a connector that the tests script.</summary>
public sealed class ConnectorTests : IAsyncLifetime
{
    private const string Connector = "/connector";

    private readonly PayBench _bench = new();

    [Theory]
    [InlineData("ChargeAmount=12.5", "charge", "amount=12.50 currency_code=USD ")]
    [InlineData("ChargeAmount=0", "tokenize", "")]
    public async Task Complete_WithAConnector_PostsTheContractsJson(string amount, string method, string charge)
    {
        var call = await _bench.ACallAsync();
        string body = "";
        _bench.Listener.Script(Connector, async (context, _) => body = await new StreamReader(context.Request.Body).ReadToEndAsync());
        await call.StartAsync(amount, "PaymentConnector=Scripted", TokenType(method), "Description=pizza",
            "Parameter={\"customer\":\"42\",\"vip\":true}");
        await call.EnterCardAsync();
        await call.EnterAsync("postal-code", "94111#");

        await call.CompleteAsync();

        var json = JsonDocument.Parse(body).RootElement;
        json.GetProperty("transaction_id").TryGetGuid(out _).ShouldBeTrue();
        var members = json.EnumerateObject().Where(member => member.Name != "transaction_id")
            .Select(member => $"{member.Name}={member.Value}");
        string.Join(' ', members).ShouldBe(
            $"method={method} cardnumber={PayCall.Visa} cvv=123 expiry_month=12 expiry_year=30 postal_code=94111 description=pizza {charge}"
            + """parameters={"customer":"42","vip":true}""");
    }

    [Fact]
    public async Task Complete_OfABankAccount_PostsItInsteadOfACard()
    {
        var call = await _bench.ACallAsync();
        string body = "";
        _bench.Listener.Script(Connector, async (context, _) => body = await new StreamReader(context.Request.Body).ReadToEndAsync());
        await call.StartAsync("PaymentMethod=ach-debit", "ChargeAmount=1", "PaymentConnector=Scripted", "Parameter={\"AVSName\":\"Ann\"}");
        await call.EnterAsync("bank-routing-number", "021000021");
        await call.EnterAsync("bank-account-number", "123456789#");

        await call.CompleteAsync();

        body.ShouldMatch("""^\{"method":"charge","transaction_id":"[^"]{36}","bankaccountnumber":"123456789","routingnumber":"021000021","amount":"1.00","currency_code":"USD","parameters":\{"AVSName":"Ann"\}\}$""");
    }

    [Fact]
    public async Task Complete_WithAConnector_SendsItsCredentials()
    {
        var call = await _bench.AReadyChargeAsync("PaymentConnector=Scripted");

        await call.UpdateOkAsync("Status=complete");

        var request = await _bench.Listener.NextAsync(webhook => webhook.Path == Connector);
        request.Header("Authorization").ShouldBe("Basic " + Convert.ToBase64String("user:pass"u8));
        request.Header("Content-Type").ShouldBe("application/json");
    }

    [Theory]
    [InlineData(200, """{"charge_id":"ch_1","error_code":null,"error_message":null}""", "success", null, null, null)]
    [InlineData(200, """{"charge_id":7}""", "success", null, null, null)]
    [InlineData(200, """{"charge_id":null,"error_code":"card_declined","error_message":"No."}""", "payment-connector-error", "No.", "64008",
        "card_declined")]
    [InlineData(200, """{"error_message":"No."}""", "payment-connector-error", "No.", "64008", null)]
    [InlineData(200, """{"token_id":"tok_1"}""", "payment-connector-error", "*malformed*", "64008", "malformed_response")]
    [InlineData(200, "<html>", "payment-connector-error", "*malformed*", "64008", "malformed_response")]
    [InlineData(404, "", "payment-connector-error", "*404*", "64001", "404")]
    [InlineData(401, "", "payment-connector-error", "*credentials*", "64009", "401")]
    [InlineData(500, "", "payment-connector-error", "*could not be reached*", "64002", "gateway_unavailable")]
    public async Task Reply_OfTheConnector_BecomesTheResult(int status, string body, string result, string? error, string? code,
        string? connectorError)
    {
        _bench.Listener.Answer(Connector, status, body, "text/plain");
        var call = await _bench.AReadyChargeAsync("PaymentConnector=Scripted");

        var final = await call.CompleteAsync();

        final["Result"].ShouldBe(result);
        if (error is null) final["PaymentError"].ShouldBeNull();
        else final["PaymentError"]!.ShouldMatch("^" + error.Replace("*", ".*", StringComparison.Ordinal) + "$");
        final["PayErrorCode"].ShouldBe(code);
        final["ConnectorError"].ShouldBe(connectorError);
    }

    [Fact]
    public async Task Reply_ThatIsHuge_IsMalformed()
    {
        _bench.Listener.Answer(Connector, 200, new string(' ', 100_000) + """{"charge_id":"ch_1"}""");
        var call = await _bench.AReadyChargeAsync("PaymentConnector=Scripted");

        (await call.CompleteAsync())["ConnectorError"].ShouldBe("malformed_response");
    }

    [Fact]
    public async Task Rejection_OfAToken_HasItsOwnCode()
    {
        var call = await _bench.ACallAsync();
        await call.StartWithCardAsync("4000000000000002");

        (await call.CompleteAsync())["PayErrorCode"].ShouldBe("64010");
    }

    [Fact]
    public async Task ServerErrors_OfTheConnector_AreTriedFiveTimesWithOneTransactionId()
    {
        var bodies = new List<string>();
        _bench.Listener.Script(Connector, async (context, _) =>
        {
            bodies.Add(await new StreamReader(context.Request.Body).ReadToEndAsync());
            context.Response.StatusCode = 503;
        });
        var call = await _bench.AReadyChargeAsync("PaymentConnector=Scripted");

        await call.CompleteAsync();

        bodies.Count.ShouldBe(5);
        bodies.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Connector_ThatCannotBeReached_FailsThePayment()
    {
        var call = await _bench.AReadyChargeAsync("PaymentConnector=Nobody");

        var final = await call.CompleteAsync();

        (final["Result"], final["PayErrorCode"]).ShouldBe(("payment-connector-error", "64002"));
    }

    [Fact]
    public async Task Gateway_WithAWrongPassword_RevokesTheConnector()
    {
        var call = await _bench.AReadyChargeAsync("PaymentConnector=WrongPassword");

        (await call.CompleteAsync())["PayErrorCode"].ShouldBe("64009");
    }

    public Task InitializeAsync() => _bench.InitializeAsync();

    public Task DisposeAsync() => _bench.DisposeAsync();

    private static string TokenType(string method) => method == "tokenize" ? "TokenType=payment-method" : "TokenType";
}
