using System.Net;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>Every refusal of an update of a session.</summary>
public sealed class UpdatePaymentTests(PayBench bench) : IClassFixture<PayBench>
{
    [Theory]
    [InlineData(20001, "Capture=payment-card-number", "IdempotencyKey")]
    [InlineData(21205, "Capture=payment-card-number", "StatusCallback=pay")]
    [InlineData(64018)]
    [InlineData(64018, "Capture=payment-card-number", "Status=complete")]
    [InlineData(64019, "Status=complete")]
    [InlineData(64020, "Capture=pin")]
    [InlineData(64020, "Capture=bank-routing-number")]
    [InlineData(64020, "Capture=postal-code")]
    public async Task Update_OfWhatCannotBe_IsRefusedAndLeavesTheSessionAlone(int code, params string[] form)
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false");

        var reply = await call.UpdateAsync(form);

        reply.Code.ShouldBe(code, reply.Body);
        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        (await call.EnterAsync("expiration-date", "1230"))["Required"].ShouldBe("payment-card-number,security-code");
    }

    [Fact]
    public async Task Update_OfAPaymentThatDoesNotExist_IsNotFoundBeforeAnythingElse()
    {
        var reply = await (await bench.ACallAsync()).UpdateAsync("IdempotencyKey");

        (reply.Status, reply.Code).ShouldBe((HttpStatusCode.NotFound, 20404));
    }

    [Fact]
    public async Task Update_OverAnotherCall_IsNotFound()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync();

        var reply = await call.PostAsync(
            call.PaymentPath.Replace(call.CallSid, (await bench.ACallAsync()).CallSid, StringComparison.Ordinal), "Status=cancel");

        (reply.Status, reply.Code).ShouldBe((HttpStatusCode.NotFound, 20404));
    }

    [Theory]
    [InlineData("Status=cancel")]
    [InlineData("Status=complete")]
    [InlineData("Capture=payment-card-number")]
    public async Task Update_OfAFinishedSession_IsRefused(string update)
    {
        var call = await bench.ACallAsync();
        await call.StartAsync();
        await call.UpdateOkAsync("Status=cancel");

        (await call.UpdateAsync(update)).Code.ShouldBe(64021);
    }

    [Fact]
    public async Task Update_AfterTheHangUp_IsRefusedAsFinished()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync();
        await call.HangUpAsync();

        (await call.UpdateAsync("Capture=payment-card-number")).Code.ShouldBe(64021);
    }

    [Fact]
    public async Task Update_OfASessionThatEndedLongAgo_IsNotFound()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync();
        await call.UpdateOkAsync("Status=cancel");
        bench.Clock.Advance(TimeSpan.FromMinutes(61));
        await (await bench.ACallAsync()).StartAsync();

        (await call.UpdateAsync("Status=cancel")).Code.ShouldBe(20404);
    }
}
