using System.Net;

namespace AgentPay.Web.Tests.Sandbox.Pay;

public sealed class IdempotencyTests(PayBench bench) : IClassFixture<PayBench>
{
    [Fact]
    public async Task Create_Repeated_GetsTheFirstAnswerAndStartsNothing()
    {
        var call = await bench.ACallAsync();
        var first = await call.CreateAsync("IdempotencyKey=k");
        bench.Clock.Advance(TimeSpan.FromSeconds(3));

        var second = await call.CreateAsync("IdempotencyKey=k");

        second.ShouldBe(first);
        first.Status.ShouldBe(HttpStatusCode.Created);
        await call.NextAsync();
        call.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Create_TwentyTimesAtOnce_StartsOneSession()
    {
        var call = await bench.ACallAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => call.CreateAsync("IdempotencyKey=k")));

        replies.Distinct().Count().ShouldBe(1);
        replies[0].Status.ShouldBe(HttpStatusCode.Created, replies[0].Body);
    }

    [Fact]
    public async Task Create_WithTheSameKeyAndOtherContent_IsANewRequest()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync("IdempotencyKey=k", "ChargeAmount=1");

        (await call.CreateAsync("IdempotencyKey=k", "ChargeAmount=2")).Code.ShouldBe(64021);
    }

    [Fact]
    public async Task Create_RefusedBefore_IsTriedAgain()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync();
        (await call.CreateAsync("IdempotencyKey=k")).Code.ShouldBe(64021);
        await call.UpdateOkAsync("Status=cancel");

        (await call.CreateAsync("IdempotencyKey=k")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Create_WithOneKeyOnTwoCalls_StartsTwoSessions()
    {
        var first = await (await bench.ACallAsync()).CreateAsync("IdempotencyKey=k", "StatusCallback=http://127.0.0.1:9/");
        var second = await (await bench.ACallAsync()).CreateAsync("IdempotencyKey=k", "StatusCallback=http://127.0.0.1:9/");

        second.Json.GetProperty("sid").GetString().ShouldNotBe(first.Json.GetProperty("sid").GetString());
    }

    [Fact]
    public async Task Updates_WithTheCallSidAsKeyOfEverything_AllTakeEffect()
    {
        var call = await bench.ACallAsync();
        var key = "IdempotencyKey=" + call.CallSid;
        await call.StartAsync(key);
        await call.UpdateOkAsync(key, "Capture=payment-card-number");
        await call.UpdateOkAsync(key, "Capture=expiration-date");
        await call.UpdateOkAsync(key, "Status=cancel");

        (await call.NextAsync())["Capture"].ShouldBe("payment-card-number");
        (await call.NextAsync())["Capture"].ShouldBe("expiration-date");
        (await call.NextAsync())["Result"].ShouldBe("transaction-cancelled");
    }

    [Fact]
    public async Task Capture_Repeated_DoesNotDiscardWhatWasTyped()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync();
        await call.UpdateOkAsync("IdempotencyKey=k", "Capture=expiration-date");
        await call.PressAsync("12");
        await call.UpdateOkAsync("IdempotencyKey=k", "Capture=expiration-date");
        await call.PressAsync("30");

        (await call.NextAsync(callback => callback["PartialResult"] is null && callback["ExpirationDate"] is not null))["ExpirationDate"]
            .ShouldBe("1230");
    }

    [Fact]
    public async Task Cancel_RepeatedAfterTheEnd_GetsTheFirstAnswer()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync();
        var first = await call.UpdateAsync("IdempotencyKey=k", "Status=cancel");

        (await call.UpdateAsync("IdempotencyKey=k", "Status=cancel")).ShouldBe(first);
    }
}
