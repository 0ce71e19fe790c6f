using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Sandbox.Gateway;

/// <summary>The gateway, asked directly.</summary>
public sealed class PaymentGatewayTests : IClassFixture<SharedSandbox>, IDisposable
{
    private readonly SandboxApp _sandbox;
    private readonly HttpClient _http = new();

    public PaymentGatewayTests(SharedSandbox shared)
    {
        _sandbox = shared.Reset();
        _http.BaseAddress = new(_sandbox.Url, "sandbox/gateway");
        _http.DefaultRequestHeaders.Authorization =
            new("Basic", Convert.ToBase64String("sandbox-gateway:sandbox-gateway-password-0000000000"u8));
    }

    [Theory]
    [InlineData("", "charge", "^\\{\"charge_id\":\"ch_[0-9a-f]{32}\",\"error_code\":null,\"error_message\":null\\}$")]
    [InlineData("", "tokenize", "^\\{\"token_id\":\"tok_[0-9a-f]{32}\",\"error_code\":null,\"error_message\":null\\}$")]
    [InlineData("/charge", "", "\"ch_")]
    [InlineData("/tokenize", "", "\"tok_")]
    public async Task Approved_ByEitherPath_AnswersWithAnId(string path, string method, string reply)
    {
        var (status, body) = await SendAsync(path, Json(method, "t-1", "4111111111111111"));

        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldMatch(reply);
    }

    [Fact]
    public async Task Declined_Card_AnswersWithTheReason()
    {
        var (_, body) = await SendAsync("", Json("charge", "t-1", "4000000000000002"));

        body.ShouldBe("""{"charge_id":null,"error_code":"card_declined","error_message":"Your card was declined."}""");
        (Stats.Charges, Stats.Declines).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Unknown_Card_IsDeclined()
    {
        var (_, body) = await SendAsync("", Json("charge", "t-1", "5105105105105100"));

        body.ShouldContain("test_number_required");
    }

    [Fact]
    public async Task Transaction_SentAgain_GetsTheOriginalReplyAndIsCountedOnce()
    {
        var first = await SendAsync("", Json("charge", "t-1", "4111111111111111"));
        var second = await SendAsync("", Json("charge", "t-1", "4111111111111111"));

        second.ShouldBe(first);
        (Stats.Charges, Stats.Duplicates).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Transaction_SentTwentyTimesAtOnce_IsChargedOnce()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync("", Json("charge", "t-1", "4111111111111111"))));

        replies.Distinct().Count().ShouldBe(1);
        (Stats.Charges, Stats.Duplicates).ShouldBe((1, 19));
    }

    [Fact]
    public async Task Transactions_WithDifferentIds_AreDifferentCharges()
    {
        var first = await SendAsync("", Json("charge", "t-1", "4111111111111111"));
        var second = await SendAsync("", Json("charge", "t-2", "4111111111111111"));

        second.ShouldNotBe(first);
        Stats.Charges.ShouldBe(2);
    }

    [Fact]
    public async Task Reset_AfterATransaction_ForgetsIt()
    {
        var first = await SendAsync("", Json("charge", "t-1", "4111111111111111"));
        await _sandbox.Control.ResetAsync();

        (await SendAsync("", Json("charge", "t-1", "4111111111111111"))).ShouldNotBe(first);
        Stats.Duplicates.ShouldBe(0);
    }

    [Fact]
    public async Task FailsOnceCard_OnBothTries_AnswersHtmlThenApproves()
    {
        var (firstStatus, first) = await SendAsync("", Json("charge", "t-1", "4000000000000606"));
        var (secondStatus, second) = await SendAsync("", Json("charge", "t-1", "4000000000000606"));

        (firstStatus, secondStatus).ShouldBe((HttpStatusCode.InternalServerError, HttpStatusCode.OK));
        first.ShouldStartWith("<html>");
        second.ShouldContain("\"ch_");
    }

    [Fact]
    public async Task BankAccount_OfTheTestList_IsCharged()
    {
        var (_, body) = await SendAsync("",
            """{"method":"charge","transaction_id":"t-1","bankaccountnumber":"123456789","routingnumber":"021000021"}""");

        body.ShouldContain("\"ch_");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"method":"refund","transaction_id":"t","cardnumber":"4111111111111111"}""")]
    public async Task Request_ThatIsNone_IsRefusedInWords(string body)
    {
        var (status, reply) = await SendAsync("", body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        JsonDocument.Parse(reply).RootElement.GetProperty("error_code").GetString().ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData(""","parameters":{"reference":"order-7"}}""", "order-7")]
    [InlineData(""","parameters":{"reference":{}}}""", null)]
    [InlineData(""","parameters":["reference"]}""", null)]
    [InlineData("}", null)]
    public async Task Transactions_InTheControlApi_SayWhatWasPaidFor(string end, string? reference)
    {
        await SendAsync("", Json("charge", "t-1", "4111111111111111")[..^1] + end);

        var all = await _sandbox.Anonymous.GetFromJsonAsync<JsonElement>("sandbox/control/gateway");

        var transaction = all.EnumerateArray().ShouldHaveSingleItem();
        (transaction.GetProperty("transactionId").GetString(), transaction.GetProperty("reference").GetString())
            .ShouldBe(("t-1", reference));
        transaction.GetProperty("outcome").GetProperty("id").GetString()!.ShouldStartWith("ch_");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("c2FuZGJveC1nYXRld2F5Ondyb25n")]
    [InlineData("%%%")]
    public async Task Request_WithoutTheRightCredentials_IsUnauthorised(string? credentials)
    {
        _http.DefaultRequestHeaders.Authorization = credentials is null ? null : new AuthenticationHeaderValue("Basic", credentials);

        (await SendAsync("", Json("charge", "t-1", "4111111111111111"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        Stats.Charges.ShouldBe(0);
    }

    public void Dispose() => _http.Dispose();

    private GatewayStats Stats => _sandbox.Services.GetRequiredService<SandboxStats>().Report().Gateway;

    private static string Json(string method, string id, string card) =>
        JsonSerializer.Serialize(new { method, transaction_id = id, cardnumber = card, cvv = "123", expiry_month = "12",
            expiry_year = "2030", amount = "1.00" });

    /// <summary>Sent without a content type, as some connectors do.</summary>
    private async Task<(HttpStatusCode Status, string Body)> SendAsync(string path, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        using var answer = await _http.PostAsync(_http.BaseAddress + path, content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
