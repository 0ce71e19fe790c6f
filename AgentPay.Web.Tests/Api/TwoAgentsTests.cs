namespace AgentPay.Web.Tests.Api;

/// <summary>Two agents with one customer each, at the same time.</summary>
public sealed class TwoAgentsTests(ApiBench bench) : IClassFixture<ApiBench>
{
    private static readonly ApiReply NotYours = new(401, "Authorisation Error");

    [Fact]
    public async Task Each_TakesTheirOwnPayment_SideBySide()
    {
        var (amara, ben) = (await bench.AmaraAsync(), await bench.BenAsync());
        var (amarasCall, bensCall, changes) = (await bench.CallAsync(), await bench.CallAsync(), bench.Follow());
        var (amaras, bens) = (await amara.StartAsync(amarasCall), await ben.StartAsync(bensCall));

        await Task.WhenAll(amara.CaptureCardAsync(amarasCall, amaras), ben.CaptureCardAsync(bensCall, bens, "5555555555554444"));
        (await amara.ChangeAsync(amarasCall.Sid, amaras, "complete")).ShouldBe(new(200, amaras));
        await changes.NextAsync(c => c.HasResult(amaras));

        var (hers, his) = (await amara.ItemAsync(amaras), await ben.ItemAsync(bens));
        (hers.Text("agent"), hers.Text("PaymentCardNumber"), hers.Text("Result"))
            .ShouldBe(("amara@agentpay.example", "xxxxxxxxxxxx1111", "success"));
        (his.Text("agent"), his.Text("PaymentCardNumber"), his.Text("Result")).ShouldBe(("ben@agentpay.example", "xxxxxxxxxxxx4444", null));
    }

    [Fact]
    public async Task AnotherAgentsPayment_IsNeitherAskedNorSubmittedNorCancelled()
    {
        var (amara, ben, call) = (await bench.AmaraAsync(), await bench.BenAsync(), await bench.CallAsync());
        var payment = await amara.StartAsync(call);
        await amara.CaptureCardAsync(call, payment);
        var before = (await amara.ItemAsync(payment)).ToString();

        foreach (var leg in (string[])[call.Sid, call.AgentSid])
        {
            (await ben.AskAsync(leg, payment, "security-code")).ShouldBe(NotYours);
            (await ben.ChangeAsync(leg, payment, "complete")).ShouldBe(NotYours);
            (await ben.ChangeAsync(leg, payment, "cancel")).ShouldBe(NotYours);
        }
        (await amara.ItemAsync(payment)).ToString().ShouldBe(before);
    }

    [Fact]
    public async Task AnotherAgentsPayment_NamedOnOnesOwnCall_IsNotTouched()
    {
        var (amara, ben) = (await bench.AmaraAsync(), await bench.BenAsync());
        var (amarasCall, bensCall) = (await bench.CallAsync(), await bench.CallAsync());
        var (amaras, _) = (await amara.StartAsync(amarasCall), await ben.StartAsync(bensCall));

        (await ben.ChangeAsync(bensCall.Sid, amaras, "cancel"))
            .ShouldBe(new(400, "Error with changeSession: There is no such payment on this call"));

        (await amara.ItemAsync(amaras)).Text("status").ShouldBe("capturing");
    }

    [Fact]
    public async Task AnotherAgentsCall_WithAPaymentOnIt_CannotBeStartedOn()
    {
        var (amara, ben, call) = (await bench.AmaraAsync(), await bench.BenAsync(), await bench.CallAsync());
        await amara.StartAsync(call);

        var reply = await ben.PostAsync("/startCapture", new
        {
            callSid = call.Sid, ChargeAmount = 0, TokenType = "reusable", Currency = "USD",
            PaymentConnector = "Default", SecurityCode = true, PostalCode = false,
        });

        reply.ShouldBe(new(400, "Error with StartCapture: There is a payment on this call already. Finish or cancel it first."));
    }
}
