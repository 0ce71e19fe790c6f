using System.Text.Json;

namespace AgentPay.Web.Tests.Api;

/// <summary>Complete payments over the API, and their items in <c>payMap</c>.</summary>
public sealed class PaymentLifeTests(ApiBench bench) : IClassFixture<ApiBench>
{
    [Fact]
    public async Task Start_IsInPayMapBeforeItIsAnswered()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());

        var payment = await agent.StartAsync(call);

        var item = await agent.ItemAsync(payment);
        (item.Text("Sid"), item.Text("CallSid"), item.Text("Capture"), item.Text("agent"), item.Text("status"))
            .ShouldBe((payment, call.Sid, null, "amara@agentpay.example", "capturing"));
        (item.Text("PaymentConnector"), item.Text("Currency"), item.Text("TokenType"), item.Text("ChargeAmount"))
            .ShouldBe(("Default", "USD", "reusable", null));
    }

    [Theory]
    [InlineData("payment-card-number", "4111111111111111", "PaymentCardNumber", "xxxxxxxxxxxx1111", "expiration-date,security-code")]
    [InlineData("expiration-date", "1230", "ExpirationDate", "1230", "payment-card-number,security-code")]
    public async Task Field_Captured_IsShownAndRequiredNoMore(string field, string digits, string member, string shown, string required)
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);

        await agent.CaptureAsync(call, payment, field, digits);

        var item = await agent.ItemAsync(payment);
        (item.Text("Capture"), item.Text(member), item.Text("Required"), item.Text("PartialResult"), item.Text("ErrorType"))
            .ShouldBe((field, shown, required, null, null));
    }

    [Fact]
    public async Task Charge_OfWhatWasPaid_IsRefusedUnlessItIsToBeChargedAgain()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call, "12.50");
        await agent.CaptureCardAsync(call, payment);
        (await SubmitAsync(agent, call, payment)).Text("status").ShouldBe("succeeded");

        var refused = await agent.PostAsync("/startCapture", Charge(call, again: null));
        (await agent.PostAsync("/startCapture", Charge(call, again: "perhaps"))).Text.ShouldContain("ChargeAgain is true or false");
        var again = await agent.PostAsync("/startCapture", Charge(call, again: "true"));

        refused.Status.ShouldBe(400);
        refused.Text.ShouldContain("12.50 USD was already paid at");
        (again.Status, again.Text == payment).ShouldBe((200, false));
    }

    [Fact]
    public async Task Everything_Captured_LeavesRequiredEmptyAndCaptureThere()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);

        await agent.CaptureCardAsync(call, payment);

        var item = await agent.ItemAsync(payment);
        (item.Text("Required"), item.Text("status"), item.Text("PaymentCardType"), item.Text("SecurityCode"), item.Text("ExpirationDate"))
            .ShouldBe(("", "ready", "visa", "xxx", "1230"));
        item.Text("Capture").ShouldNotBeNull();
    }

    [Fact]
    public async Task Token_Submitted_EndsWithTokenAndNothingThatMeansStillCapturing()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);
        await agent.CaptureCardAsync(call, payment);

        var item = await SubmitAsync(agent, call, payment);

        (item.Text("Result"), item.Text("status"), item.Text("PaymentConfirmationCode"), item.Text("PaymentCardNumber"))
            .ShouldBe(("success", "succeeded", null, "xxxxxxxxxxxx1111"));
        item.Text("PaymentToken").ShouldNotBeNullOrEmpty();
        item.Text("ProfileId").ShouldNotBeNullOrEmpty();
        ShouldBeOver(item);
    }

    [Theory]
    [InlineData("12.50")]
    [InlineData(12.5)]
    public async Task Charge_ByNumberOrText_EndsWithTheGatewaysCode(object amount)
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call, amount);
        await agent.CaptureCardAsync(call, payment);

        var item = await SubmitAsync(agent, call, payment);

        (item.Text("Result"), item.Text("PaymentToken"), item.Text("TokenType")).ShouldBe(("success", null, null));
        decimal.Parse(item.Text("ChargeAmount")!, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(12.5m);
        item.Text("PaymentConfirmationCode").ShouldNotBeNullOrEmpty();
        ShouldBeOver(item);
    }

    [Fact]
    public async Task Declined_EndsWithReasonAndCode()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call, 5);
        await agent.CaptureCardAsync(call, payment, "4000000000000002");

        var item = await SubmitAsync(agent, call, payment);

        (item.Text("Result"), item.Text("status"), item.Text("PayErrorCode")).ShouldBe(("payment-connector-error", "failed", "64008"));
        item.Text("PaymentError").ShouldBe("Your card was declined.");
        ShouldBeOver(item);
    }

    [Fact]
    public async Task Cancelled_EndsAsCancelledAndFreesTheCall()
    {
        var (agent, call, changes) = (await bench.AmaraAsync(), await bench.CallAsync(), bench.Follow());
        var payment = await agent.StartAsync(call);
        await agent.CaptureAsync(call, payment, "payment-card-number", "4111111111111111");

        (await agent.ChangeAsync(call.Sid, payment, "cancel")).ShouldBe(new(200, payment));

        var item = (await changes.NextAsync(c => c.HasResult(payment))).Data;
        (item.Text("Result"), item.Text("status")).ShouldBe(("transaction-cancelled", "cancelled"));
        ShouldBeOver(item);
        (await agent.StartAsync(call)).ShouldNotBe(payment);
    }

    [Fact]
    public async Task EachField_ResetOnceCaptured_IsAskedAndShownAnew()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);
        await agent.CaptureCardAsync(call, payment);

        await agent.CaptureAsync(call, payment, "payment-card-number", "5555555555554444");
        await agent.CaptureAsync(call, payment, "security-code", "321");
        await agent.CaptureAsync(call, payment, "expiration-date", "0131");

        var item = await agent.ItemAsync(payment);
        (item.Text("PaymentCardNumber"), item.Text("PaymentCardType"), item.Text("ExpirationDate"), item.Text("Required"))
            .ShouldBe(("xxxxxxxxxxxx4444", "mastercard", "0131", ""));
    }

    [Fact]
    public async Task Field_ResetWhileHalfTyped_ForgetsWhatWasTyped()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);
        await agent.CaptureAsync(call, payment, "payment-card-number", "5555");

        await agent.CaptureAsync(call, payment, "payment-card-number", "4111111111111111");

        (await agent.ItemAsync(payment)).Text("PaymentCardNumber").ShouldBe("xxxxxxxxxxxx1111");
    }

    [Fact]
    public async Task HalfTyped_IsNotInPayMap()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);

        await agent.CaptureAsync(call, payment, "payment-card-number", "41111");

        (await agent.ItemAsync(payment)).Text("PaymentCardNumber").ShouldBeNull();
    }

    [Fact]
    public async Task AgentsLeg_NamedThroughout_TakesThePaymentOnTheCustomersLeg()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());

        var payment = await agent.StartAsync(call, leg: call.AgentSid);
        var asked = await agent.AskAsync(call.AgentSid, payment, "payment-card-number");
        await call.PressAsync("4111111111111111");

        asked.ShouldBe(new(200, payment));
        var item = await agent.ItemAsync(payment);
        (item.Text("CallSid"), item.Text("PaymentCardNumber")).ShouldBe((call.Sid, "xxxxxxxxxxxx1111"));
        (await agent.ChangeAsync(call.AgentSid, payment, "cancel")).ShouldBe(new(200, payment));
    }

    [Fact]
    public async Task PostalCode_Wanted_IsAskedAndGoneAfterTheEnd()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = (await agent.PostAsync("/startCapture", new { callSid = call.Sid, PostalCode = true, SecurityCode = false })).Text;
        await agent.CaptureAsync(call, payment, "payment-card-number", "4111111111111111");
        await agent.CaptureAsync(call, payment, "expiration-date", "1230");
        await agent.CaptureAsync(call, payment, "postal-code", "94105#");
        (await agent.ItemAsync(payment)).Text("PaymentCardPostalCode").ShouldBe("94105");

        var item = await SubmitAsync(agent, call, payment);

        (item.Text("Result"), item.Text("PaymentCardPostalCode"), item.Text("ExpirationDate")).ShouldBe(("success", null, null));
    }

    private static object Charge(CustomerCall call, string? again) =>
        new
        {
            callSid = call.Sid, ChargeAmount = "12.50", Currency = "USD", PaymentConnector = "Default",
            SecurityCode = true, PostalCode = false, ChargeAgain = again,
        };

    private async Task<JsonElement> SubmitAsync(ApiAgent agent, CustomerCall call, string payment)
    {
        var changes = bench.Follow();
        (await agent.ChangeAsync(call.Sid, payment, "complete")).ShouldBe(new(200, payment));
        await changes.NextAsync(c => c.HasResult(payment));
        return (await agent.ItemAsync(payment))!.Value;
    }

    private static void ShouldBeOver(JsonElement item) =>
        (item.Text("Capture"), item.Text("Required"), item.Text("PartialResult"), item.Text("ExpirationDate"))
            .ShouldBe((null, null, null, null));
}
