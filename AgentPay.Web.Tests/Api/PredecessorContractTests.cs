namespace AgentPay.Web.Tests.Api;

/// <summary>The predecessor's client can take payments with AgentPay, by its own rules.</summary>
public sealed class PredecessorContractTests(ApiBench bench) : IClassFixture<ApiBench>
{
    private static readonly Dictionary<string, string> Keys = new()
    {
        ["payment-card-number"] = "4111111111111111",
        ["security-code"] = "123",
        ["expiration-date"] = "1230",
        ["postal-code"] = "94105#",
    };

    [Theory]
    [InlineData("payment-card-number,security-code,expiration-date")]
    [InlineData("payment-card-number,expiration-date,security-code")]
    [InlineData("expiration-date,payment-card-number,security-code")]
    [InlineData("payment-card-number,expiration-date")]
    [InlineData("payment-card-number,security-code,expiration-date,postal-code")]
    public async Task Client_WithAnyOrder_TakesAToken(string order)
    {
        var (client, call) = await AttachAsync(order);
        await client.StartCaptureAsync();
        var fields = order.Split(',');

        foreach (var (field, next) in fields.Zip(fields.Skip(1).Select(f => "capturing " + f).Append("captureComplete")))
        {
            await call.PressAsync(Keys[field]);
            await client.UntilAsync(next);
        }
        await SubmitAsync(client);

        client.Shown.Text("PaymentToken").ShouldNotBeNullOrEmpty();
        client.Events.Where(e => e != "cardUpdate")
            .ShouldBe(["capturing", .. fields.Select(f => "capturing " + f), "captureComplete", "submitComplete"]);
        client.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Client_AttachedToTheAgentsLeg_TakesACharge()
    {
        var call = await bench.CallAsync();
        var client = new PredecessorClient(await bench.AmaraAsync(), bench.Follow(), call.AgentSid);
        await client.StartCaptureAsync(9.99m);

        await CaptureAllAsync(client, call);
        await SubmitAsync(client);

        client.Shown.Text("PaymentConfirmationCode").ShouldNotBeNullOrEmpty();
        client.Shown.Text("ChargeAmount").ShouldBe("9.99");
        client.Refusals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("payment-card-number", "5555555555554444", "PaymentCardNumber", "xxxxxxxxxxxx4444")]
    [InlineData("security-code", "321", "SecurityCode", "xxx")]
    [InlineData("expiration-date", "0131", "ExpirationDate", "0131")]
    public async Task Client_ResettingAFieldAtTheEnd_IsCompleteAgainAfterIt(string field, string digits, string member, string shown)
    {
        var (client, call) = await AttachAsync();
        await client.StartCaptureAsync();
        await CaptureAllAsync(client, call);

        await client.ResetAsync(field);
        await call.PressAsync(digits);
        await client.UntilAsync("captureComplete");

        client.Shown.Text(member).ShouldBe(shown);
        await SubmitAsync(client);
        (client.Shown.Text("Result"), client.Refusals.Count).ShouldBe(("success", 0));
    }

    [Fact]
    public async Task Client_ResettingTheCardInTheMiddle_GoesOnWhereItWas()
    {
        var (client, call) = await AttachAsync();
        await client.StartCaptureAsync();
        await call.PressAsync(Keys["payment-card-number"]);
        await client.UntilAsync("capturing security-code");
        await call.PressAsync(Keys["security-code"]);
        await client.UntilAsync("capturing expiration-date");

        await client.ResetAsync("payment-card-number");
        await call.PressAsync("5555555555554444");
        await client.UntilAsync("capturing expiration-date");
        await call.PressAsync(Keys["expiration-date"]);
        await client.UntilAsync("captureComplete");

        (client.Shown.Text("PaymentCardNumber"), client.Shown.Text("SecurityCode"), client.Refusals.Count)
            .ShouldBe(("xxxxxxxxxxxx4444", "xxx", 0));
    }

    [Fact]
    public async Task Client_WithAMistypedCard_StaysAndIsToldWhy()
    {
        var (client, call) = await AttachAsync();
        await client.StartCaptureAsync();

        await call.PressAsync("4111111111111112");
        await client.NextUpdateAsync();
        (client.Shown.Text("ErrorType"), client.Events[^1]).ShouldBe(("invalid-card-number", "cardUpdate"));
        await client.ResetAsync("payment-card-number");
        await call.PressAsync(Keys["payment-card-number"]);
        await client.UntilAsync("capturing security-code");

        client.Shown.Text("ErrorType").ShouldBeNull();
    }

    [Fact]
    public async Task Client_Cancelling_RemovesItsItemAndStartsAnew()
    {
        var (client, call) = await AttachAsync();
        await client.StartCaptureAsync();
        await call.PressAsync("4111");
        var cancelled = client.Payment;

        await client.CancelCaptureAsync();
        await client.StartCaptureAsync();
        await CaptureAllAsync(client, call);
        await SubmitAsync(client);

        client.Payment.ShouldNotBe(cancelled);
        (client.Shown.Text("Result"), client.Refusals.Count).ShouldBe(("success", 0));
    }

    [Fact]
    public async Task Client_WhoseCustomerHangsUp_HearsTheEndAndAsksForNothingMore()
    {
        var (client, call) = await AttachAsync();
        await client.StartCaptureAsync();
        await call.PressAsync(Keys["payment-card-number"]);
        await client.UntilAsync("capturing security-code");

        await call.HangUpAsync();
        await client.NextUpdateAsync();

        (client.Shown.Text("Result"), client.Shown.Text("Capture"), client.Events[^1]).ShouldBe(("caller-hung-up", null, "cardUpdate"));
    }

    private async Task<(PredecessorClient Client, CustomerCall Call)> AttachAsync(
        string order = "payment-card-number,security-code,expiration-date")
    {
        var call = await bench.CallAsync();
        return (new(await bench.AmaraAsync(), bench.Follow(), call.Sid, order), call);
    }

    private static async Task CaptureAllAsync(PredecessorClient client, CustomerCall call)
    {
        await call.PressAsync(Keys["payment-card-number"]);
        await client.UntilAsync("capturing security-code");
        await call.PressAsync(Keys["security-code"]);
        await client.UntilAsync("capturing expiration-date");
        await call.PressAsync(Keys["expiration-date"]);
        await client.UntilAsync("captureComplete");
    }

    private static async Task SubmitAsync(PredecessorClient client)
    {
        await client.SubmitCaptureAsync();
        while (client.Shown.Text("Result") is null) await client.NextUpdateAsync();
    }
}
