using System.Net;
using System.Text;
using System.Text.Json;
using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>What happens between completing a payment and its last callback.</summary>
public sealed class SubmissionTests : IAsyncLifetime
{
    private const string Connector = "/connector";

    private readonly PayBench _bench = new();

    [Theory]
    [InlineData("ChargeAmount=12.5", "charge", "amount=12.50 currency_code=USD ")]
    [InlineData("ChargeAmount=0", "tokenize", "")]
    public async Task Complete_WithAConnector_PostsTheContractsJson(string amount, string method, string charge)
    {
        var call = _bench.ACall();
        string body = "";
        _bench.Listener.Script(Connector, async (context, _) => body = await new StreamReader(context.Request.Body).ReadToEndAsync());
        await call.StartAsync(amount, "PaymentConnector=Scripted", TokenType(method), "Description=pizza", "Parameter={\"customer\":\"42\",\"vip\":true}");
        await call.EnterCardAsync();
        await call.EnterAsync("postal-code", "94111#");

        await call.CompleteAsync();

        var json = JsonDocument.Parse(body).RootElement;
        json.GetProperty("transaction_id").TryGetGuid(out _).ShouldBeTrue();
        var members = json.EnumerateObject().Where(member => member.Name != "transaction_id").Select(member => $"{member.Name}={member.Value}");
        string.Join(' ', members).ShouldBe(
            $"method={method} cardnumber={PayCall.Visa} cvv=123 expiry_month=12 expiry_year=30 postal_code=94111 description=pizza {charge}"
            + """parameters={"customer":"42","vip":true}""");
    }

    [Fact]
    public async Task Complete_OfABankAccount_PostsItInsteadOfACard()
    {
        var call = _bench.ACall();
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
        var call = await ReadyAsync("PaymentConnector=Scripted");

        await call.UpdateOkAsync("Status=complete");

        var request = await _bench.Listener.NextAsync(webhook => webhook.Path == Connector);
        request.Header("Authorization").ShouldBe("Basic " + Convert.ToBase64String("user:pass"u8));
        request.Header("Content-Type").ShouldBe("application/json");
    }

    [Theory]
    [InlineData(200, """{"charge_id":"ch_1","error_code":null,"error_message":null}""", "success", null, null, null)]
    [InlineData(200, """{"charge_id":7}""", "success", null, null, null)]
    [InlineData(201, """{"charge_id":"ch_1","error_code":"","error_message":"Approved"}""", "success", null, null, null)]
    [InlineData(200, """{"charge_id":null,"error_code":"card_declined","error_message":"No."}""", "payment-connector-error", "No.", "64008", "card_declined")]
    [InlineData(200, """{"error_code":51}""", "payment-connector-error", "51", "64008", "51")]
    [InlineData(200, """{"error_message":"No."}""", "payment-connector-error", "No.", "64008", null)]
    [InlineData(200, """{"token_id":"tok_1"}""", "payment-connector-error", "*malformed*", "64008", "malformed_response")]
    [InlineData(200, """{"charge_id":["ch_1"]}""", "payment-connector-error", "*malformed*", "64008", "malformed_response")]
    [InlineData(200, """{"charge_id":"\ud800"}""", "payment-connector-error", "*malformed*", "64008", "malformed_response")]
    [InlineData(200, "[]", "payment-connector-error", "*malformed*", "64008", "malformed_response")]
    [InlineData(200, "", "payment-connector-error", "*malformed*", "64008", "malformed_response")]
    [InlineData(200, "<html>", "payment-connector-error", "*malformed*", "64008", "malformed_response")]
    [InlineData(302, "", "payment-connector-error", "*302*", "64001", "302")]
    [InlineData(404, "", "payment-connector-error", "*404*", "64001", "404")]
    [InlineData(401, "", "payment-connector-error", "*credentials*", "64009", "401")]
    [InlineData(500, "", "payment-connector-error", "*could not be reached*", "64002", "gateway_unavailable")]
    public async Task Reply_OfTheConnector_BecomesTheResult(int status, string body, string result, string? error, string? code, string? connectorError)
    {
        _bench.Listener.Answer(Connector, status, body, "text/plain");
        var call = await ReadyAsync("PaymentConnector=Scripted");

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
        var call = await ReadyAsync("PaymentConnector=Scripted");

        (await call.CompleteAsync())["ConnectorError"].ShouldBe("malformed_response");
    }

    [Fact]
    public async Task Rejection_OfAToken_HasItsOwnCode()
    {
        var call = _bench.ACall();
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
        var call = await ReadyAsync("PaymentConnector=Scripted");

        await call.CompleteAsync();

        bodies.Count.ShouldBe(5);
        bodies.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Connector_ThatCannotBeReached_FailsThePayment()
    {
        var call = await ReadyAsync("PaymentConnector=Nobody");

        var final = await call.CompleteAsync();

        (final["Result"], final["PayErrorCode"]).ShouldBe(("payment-connector-error", "64002"));
    }

    [Fact]
    public async Task Gateway_WithAWrongPassword_RevokesTheConnector()
    {
        var call = await ReadyAsync("PaymentConnector=WrongPassword");

        (await call.CompleteAsync())["PayErrorCode"].ShouldBe("64009");
    }

    [Theory]
    [InlineData("4000000000009995", "insufficient_funds")]
    [InlineData("4000000000000069", "expired_card")]
    [InlineData("4000000000000127", "incorrect_cvc")]
    [InlineData("4000000000000119", "malformed_response")]
    public async Task Card_ThatIsNotCharged_EndsWithTheGatewaysReason(string number, string reason)
    {
        var call = await ReadyAsync(number: number);

        (await call.CompleteAsync())["ConnectorError"].ShouldBe(reason);
        Gateway.Charges.ShouldBe(0);
    }

    [Theory]
    [InlineData("4000000000000606", 0)]
    [InlineData("4000000000000705", 1)]
    public async Task Card_WhoseFirstTryFails_IsChargedOnce(string number, int duplicates)
    {
        var call = await ReadyAsync(number: number);

        (await call.CompleteAsync())["Result"].ShouldBe("success");
        (Gateway.Charges, Gateway.Duplicates).ShouldBe((1, duplicates));
    }

    [Fact]
    public async Task Card_AnsweredSlowly_SucceedsOnTheFirstTry()
    {
        var call = await ReadyAsync("Timeout=600", "4000000000000309");
        await call.UpdateOkAsync("Status=complete");
        await _bench.Clock.TimerAsync(TimeSpan.FromSeconds(5));
        _bench.Clock.Advance(TimeSpan.FromSeconds(5));

        (await call.NextAsync())["Result"].ShouldBe("success");
        (Gateway.Charges, Gateway.Duplicates).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Card_AnsweredTooLate_HearsTheFirstAnswerOnTheSecondTry()
    {
        var call = await ReadyAsync(number: "4000000000000408");
        await call.UpdateOkAsync("Status=complete");
        await _bench.Clock.TimerAsync(TimeSpan.FromSeconds(12));
        _bench.Clock.Advance(TimeSpan.FromSeconds(10));

        (await call.NextAsync())["Result"].ShouldBe("success");
        (Gateway.Charges, Gateway.Duplicates).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Card_NeverAnswered_FailsAfterFiveTimesTenSeconds()
    {
        var call = await ReadyAsync(number: "4000000000000507");
        await call.UpdateOkAsync("Status=complete");
        for (var tries = 0; tries < 5; tries++)
        {
            call.Received[^1]["Result"].ShouldBeNull();
            await _bench.Clock.TimerAsync(TimeSpan.FromSeconds(10));
            _bench.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        (await call.NextAsync())["PayErrorCode"].ShouldBe("64002");
    }

    [Theory]
    [InlineData("5105105105105100", "64022")]
    [InlineData("4222222222222#", "64022")]
    public async Task Card_ThatIsNoTestCard_NeverReachesTheConnector(string number, string code)
    {
        var call = await ReadyAsync("PaymentConnector=Scripted", number);

        var final = await call.CompleteAsync();

        (final["Result"], final["PayErrorCode"], final["ConnectorError"]).ShouldBe(("payment-connector-error", code, null));
        _bench.Listener.All.ShouldNotContain(webhook => webhook.Path == Connector);
    }

    [Fact]
    public async Task BankAccount_ThatIsNoTestAccount_NeverReachesTheConnector()
    {
        var call = _bench.ACall();
        await call.StartAsync("PaymentMethod=ach-debit", "Parameter={\"AVSName\":\"Ann\"}");
        await call.EnterAsync("bank-routing-number", "021000021");
        await call.EnterAsync("bank-account-number", "5555#");

        (await call.CompleteAsync())["PayErrorCode"].ShouldBe("64023");
        Gateway.Tokens.ShouldBe(0);
    }

    [Fact]
    public async Task Complete_ManyTimesAtOnceWithDifferentKeys_ChargesOnce()
    {
        var call = await ReadyAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => call.UpdateAsync("Status=complete", $"IdempotencyKey=c{n}")));

        replies.Count(reply => reply.Status == HttpStatusCode.Accepted).ShouldBe(1);
        replies.Where(reply => reply.Status != HttpStatusCode.Accepted).ShouldAllBe(reply => reply.Code == 64021);
        (await call.NextAsync())["Result"].ShouldBe("success");
        Gateway.Charges.ShouldBe(1);
    }

    [Theory]
    [InlineData("Status=complete")]
    [InlineData("Status=cancel")]
    public async Task StatusDuringSubmission_IsRefused(string update)
    {
        var (call, answer) = await SubmittingAsync();

        (await call.UpdateAsync(update)).Code.ShouldBe(64021);
        answer.SetResult("""{"charge_id":"ch_1"}""");
        (await call.NextAsync())["Result"].ShouldBe("success");
    }

    [Fact]
    public async Task CaptureDuringSubmission_FailsByCallbackToItsOwnUrl()
    {
        var (call, answer) = await SubmittingAsync();
        await call.UpdateOkAsync("Capture=expiration-date", $"StatusCallback={call.CallbackUrl}/late");

        var refused = await call.NextAsync();
        answer.SetResult("""{"charge_id":"ch_1"}""");
        var final = await call.NextAsync();

        (refused["ErrorType"], refused["Required"], refused.Path).ShouldBe(("session-in-progress", "", call.CallbackPath + "/late"));
        (final["Result"], final.Path, final["ExpirationDate"]).ShouldBe(("success", call.CallbackPath, "1230"));
    }

    [Fact]
    public async Task HangUpDuringSubmission_StillReportsTheOutcome()
    {
        var (call, answer) = await SubmittingAsync();
        await call.PressAsync("*");
        await call.HangUpAsync();
        (await call.UpdateAsync("Capture=expiration-date")).Code.ShouldBe(21220);
        answer.SetResult("""{"charge_id":"ch_1"}""");

        var final = await call.NextAsync();
        (final["Result"], final["PaymentConfirmationCode"]).ShouldBe(("success", "ch_1"));
    }

    [Fact]
    public async Task ResetDuringSubmission_ForgetsTheSession()
    {
        var (call, answer) = await SubmittingAsync();
        (await _bench.Sandbox.Anonymous.PostAsync("sandbox/control/reset", null)).EnsureSuccessStatusCode();
        answer.SetResult("""{"charge_id":"ch_1"}""");

        (await call.UpdateAsync("Status=cancel")).Code.ShouldBe(20404);
    }

    public Task InitializeAsync() => _bench.InitializeAsync();

    public Task DisposeAsync() => _bench.DisposeAsync();

    private GatewayStats Gateway => _bench.Sandbox.Services.GetRequiredService<SandboxStats>().Report().Gateway;

    private static string TokenType(string method) => method == "tokenize" ? "TokenType=payment-method" : "TokenType";

    /// <summary>A charge whose fields are all captured.</summary>
    private async Task<PayCall> ReadyAsync(string parameter = "Timeout=5", string number = PayCall.Visa)
    {
        var call = _bench.ACall();
        await call.StartWithCardAsync(number, "ChargeAmount=1", parameter);
        return call;
    }

    /// <summary>A charge that waits for its connector, and the connector's answer.</summary>
    private async Task<(PayCall Call, TaskCompletionSource<string> Answer)> SubmittingAsync()
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _bench.Listener.Script(Connector, async (context, _) => await context.Response.WriteAsync(await answer.Task.WaitAsync(context.RequestAborted), Encoding.UTF8));
        var call = await ReadyAsync("PaymentConnector=Scripted");
        await call.UpdateOkAsync("Status=complete");
        await _bench.Listener.NextAsync(webhook => webhook.Path == Connector);
        return (call, answer);
    }
}
