using System.Net;
using System.Text.Json;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>The Payments API against Twilio's own description of it.</summary>
public sealed class PayContractTests(PayBench bench) : IClassFixture<PayBench>
{
    private static readonly string[] CreateForm =
    [
        "ChargeAmount=12.00", "Currency=USD", "Description=api testing", "Input=dtmf", "MinPostalCodeLength=5",
        "Parameter={'name':'foobar'}",
        "PaymentConnector=PGP_MOCK", "PaymentMethod=credit-card", "PostalCode=true", "SecurityCode=true", "Timeout=10",
        "ValidCardTypes=visa amex",
        "RequireMatchingInputs=postal-code", "Confirmation=false",
    ];

    [ContractFact]
    public async Task Create_WithTwiliosOwnExample_AnswersAsDescribed()
    {
        var call = await bench.ACallAsync();

        var reply = await call.CreateAsync(CreateForm);

        OpenApi.Api2010().ProblemsOfRequest("POST", call.PaymentsPath, [], Form(CreateForm)).ShouldBeEmpty();
        OpenApi.Api2010().ProblemsOfAnswer("POST", call.PaymentsPath, (int)reply.Status, reply.Body).ShouldBeEmpty();
    }

    [ContractTheory]
    [InlineData("Capture=payment-card-number")]
    [InlineData("Capture=expiration-date")]
    [InlineData("Capture=postal-code-matcher")]
    [InlineData("Status=cancel")]
    public async Task Update_OfASession_AnswersAsDescribed(string update)
    {
        var call = await bench.ACallAsync();
        await call.StartAsync(CreateForm);

        var reply = await call.UpdateAsync(update);

        OpenApi.Api2010().ProblemsOfRequest("POST", call.PaymentPath, [], Form(update)).ShouldBeEmpty();
        OpenApi.Api2010().ProblemsOfAnswer("POST", call.PaymentPath, (int)reply.Status, reply.Body).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Capture_OfEveryDescribedValue_IsKnown()
    {
        var card = await bench.ACallAsync();
        await card.StartAsync("RequireMatchingInputs=payment-card-number,expiration-date,security-code,postal-code");
        var bank = await bench.ACallAsync();
        await bank.StartAsync("PaymentMethod=ach-debit", "Parameter={\"AVSName\":\"Ann\"}");

        foreach (var capture in Values("payments_enum_capture"))
        {
            var call = capture.StartsWith("bank-", StringComparison.Ordinal) ? bank : card;
            (await call.UpdateAsync("Capture=" + capture)).Status.ShouldBe(HttpStatusCode.Accepted, capture);
        }
    }

    private static List<string> Values(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.TwilioOpenApi("twilio_api_v2010.json")));
        var values = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(name).GetProperty("enum");
        return values.EnumerateArray().Select(value => value.GetString()!).ToList();
    }

    private static List<KeyValuePair<string, string>> Form(params string[] pairs) =>
        [new("IdempotencyKey", "k"), new("StatusCallback", "s"), .. pairs.Select(pair => pair.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], pair[1]))];
}
