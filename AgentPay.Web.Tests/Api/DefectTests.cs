using AgentPay.Web.Sandbox.Webhooks;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Tests.Api;

/// <summary>Defects of the predecessor that AgentPay does not have.</summary>
public sealed class DefectTests(ApiBench bench) : IClassFixture<ApiBench>
{
    [Fact]
    public async Task OpenTokenMint_IsClosed()
    {
        using var answer = await bench.App.Http.GetAsync("/getSyncToken?identity=amara@agentpay.example");

        ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()).ShouldBe((401, ""));
    }

    [Fact]
    public async Task TokenInAnothersName_IsNotMinted()
    {
        using var browser = new HttpBrowser(bench.App.Url);
        (await browser.SignInAsync(People.Amara)).Dispose();

        using var answer = await browser.FetchAsync(HttpMethod.Get, "/getSyncToken?identity=ben@agentpay.example");

        var token = new JsonWebToken(await answer.Content.ReadAsStringAsync());
        token.GetPayloadValue<System.Text.Json.JsonElement>("grants").GetProperty("identity").GetString()
            .ShouldBe("amara@agentpay.example");
    }

    [Fact]
    public async Task OpenUuiLookup_IsClosed()
    {
        var call = await bench.CallAsync();

        using var answer = await bench.App.Http.GetAsync($"/uui2sid?uui={call.Sid}");

        (await ApiReply.OfAsync(answer)).ShouldBe(new(401, "Authorisation Error"));
    }

    [Fact]
    public async Task AnothersUpdates_DoNotLeadAClientToTheirPayment()
    {
        var (amara, ben) = (await bench.AmaraAsync(), await bench.BenAsync());
        var (amarasCall, bensCall) = (await bench.CallAsync(), await bench.CallAsync());
        var (amaras, bens) = (await amara.StartAsync(amarasCall), await ben.StartAsync(bensCall));

        // A faulty client takes the payment of the latest update for its own, and sends it with either call.
        (await ben.ChangeAsync(bensCall.Sid, amaras, "cancel")).Status.ShouldBe(400);
        (await ben.ChangeAsync(amarasCall.Sid, amaras, "cancel")).Status.ShouldBe(401);

        (await amara.ItemAsync(amaras)).Text("status").ShouldBe("capturing");
        (await ben.ItemAsync(bens)).Text("status").ShouldBe("capturing");
    }

    [Fact]
    public async Task LostCallback_IsNotAnsweredWith200()
    {
        // Sync does not become ready, because the clock does not advance.
        using var app = new AgentPayApp(new() { ["Sync:Settling"] = "00:00:30" });
        var target = $"{app.Url}paySyncUpdate?payment={Guid.NewGuid():N}";
        Dictionary<string, string> form = new()
        {
            ["Sid"] = "PK" + new string('1', 32), ["DateCreated"] = "2026-11-22T09:00:00.000Z",
        };
        using var callback = new HttpRequestMessage(HttpMethod.Post, target) { Content = new FormUrlEncodedContent(form) };
        callback.Headers.Add("X-Twilio-Signature", WebhookSigner.Sign(SandboxApp.AuthToken, target, form));

        using var answer = await app.Http.SendAsync(callback);

        ((int)answer.StatusCode).ShouldBe(503);
    }

    [Fact]
    public async Task UnescapedUui_IsFoundAsItWasSent()
    {
        const string uui = "order 7&agent=9+?#%41";
        var (agent, changes) = (await bench.AmaraAsync(), bench.Follow());

        var call = await bench.ControlAsync("outbound", new { from = "+61280000000", to = "+61400000001", uui });
        await changes.NextAsync(c => c.Map == "uuiMap" && c.Key == uui);

        var reply = await agent.GetAsync("/uui2sid?uui=" + Uri.EscapeDataString(uui));
        System.Text.Json.JsonDocument.Parse(reply.Text).RootElement.GetProperty("data").GetProperty("pstnSid").GetString()
            .ShouldBe(call.GetProperty("childSid").GetString());
    }

    [Fact]
    public async Task NewKeyOnEachRetry_StartsAndChargesOnce()
    {
        var (agent, call, changes) = (await bench.AmaraAsync(), await bench.CallAsync(), bench.Follow());
        var charges = await bench.GatewayAsync("charges");
        var start = new { callSid = call.Sid, ChargeAmount = 3, PostalCode = false };
        var replies = new List<ApiReply> { await RetryAsync("/startCapture", start), await RetryAsync("/startCapture", start) };
        replies.Distinct().ShouldHaveSingleItem().Status.ShouldBe(200);
        var payment = replies[0].Text;
        await agent.CaptureCardAsync(call, payment);

        var complete = new { callSid = call.Sid, paySid = payment, Status = "complete" };
        (await Task.WhenAll(RetryAsync("/changeSession", complete), RetryAsync("/changeSession", complete)))
            .ShouldAllBe(r => r.Status == 200);
        await changes.NextAsync(c => c.HasResult(payment));

        (await bench.GatewayAsync("charges")).ShouldBe(charges + 1);

        Task<ApiReply> RetryAsync(string route, object body) => agent.PostAsync($"{route}?IdempotencyKey={Guid.NewGuid()}", body);
    }

    [Fact]
    public async Task SuccessBeforeTheOutcome_IsNotTold()
    {
        var (agent, call, changes) = (await bench.AmaraAsync(), await bench.CallAsync(), bench.Follow());
        var payment = await agent.StartAsync(call, 3);
        await agent.CaptureCardAsync(call, payment, "4000000000000309");

        (await agent.ChangeAsync(call.Sid, payment, "complete")).ShouldBe(new(200, payment));
        (await agent.ItemAsync(payment)).Text("Result").ShouldBeNull();
        await bench.App.Clock.TimerAsync(TimeSpan.FromSeconds(5));
        bench.App.Clock.Advance(TimeSpan.FromSeconds(5));

        (await changes.NextAsync(c => c.HasResult(payment))).Data.Text("Result").ShouldBe("success");
    }

    [Fact]
    public async Task HeaderLogging_IsGone()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);
        await agent.CaptureCardAsync(call, payment);

        var log = string.Join('\n', bench.App.Log.Lines);

        log.ShouldContain("is Ready");
        log.ShouldNotContain(agent.Token.Split('.')[2]);
        log.ShouldNotContain("4111111111111111");
    }

    [Fact]
    public async Task DeclineAndErrorType_AreTold()
    {
        var (agent, call, changes) = (await bench.AmaraAsync(), await bench.CallAsync(), bench.Follow());
        var payment = await agent.StartAsync(call);

        await agent.CaptureAsync(call, payment, "payment-card-number", "4111111111111112");
        (await agent.ItemAsync(payment)).Text("ErrorType").ShouldBe("invalid-card-number");
        await agent.CaptureCardAsync(call, payment, "4000000000000002");
        await agent.ChangeAsync(call.Sid, payment, "complete");

        var item = (await changes.NextAsync(c => c.HasResult(payment))).Data;
        (item.Text("Result"), item.Text("PaymentError"), item.Text("ErrorType"))
            .ShouldBe(("payment-connector-error", "Your card was declined.", null));
        item.Text("PayErrorCode").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task FirstCallback_IsNotMissedByAClientThatHearsUpdatesOnly()
    {
        var (agent, call, changes) = (await bench.AmaraAsync(), await bench.CallAsync(), bench.Follow());
        var payment = await agent.StartAsync(call);

        await agent.CaptureAsync(call, payment, "payment-card-number", "4111111111111111");

        (await changes.NextAsync(c => c.IsOf(payment))).Happened.ShouldBe("added");
        var first = await changes.NextAsync(c => c.IsOf(payment));
        (first.Happened, first.Data.Text("PaymentCardNumber")).ShouldBe(("updated", "xxxxxxxxxxxx1111"));
    }

    [Fact]
    public async Task AskForUndefined_IsRefusedAndHarmsNothing()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);
        (await agent.AskAsync(call.Sid, payment, "payment-card-number")).Status.ShouldBe(200);

        (await agent.PostAsync("/updateCaptureType", new { callSid = call.Sid, paySid = payment })).Status.ShouldBe(400);
        await call.PressAsync("4111111111111111");

        (await agent.ItemAsync(payment)).Text("PaymentCardNumber").ShouldBe("xxxxxxxxxxxx1111");
    }

    [Fact]
    public async Task CancelInMidEntry_Works()
    {
        var (agent, call, changes) = (await bench.AmaraAsync(), await bench.CallAsync(), bench.Follow());
        var payment = await agent.StartAsync(call);
        await agent.CaptureAsync(call, payment, "payment-card-number", "41111");

        (await agent.ChangeAsync(call.Sid, payment, "cancel")).ShouldBe(new(200, payment));

        (await changes.NextAsync(c => c.HasResult(payment))).Data.Text("Result").ShouldBe("transaction-cancelled");
    }

    [Fact]
    public async Task HangUp_EndsThePaymentAtOnce()
    {
        var (agent, call, changes) = (await bench.AmaraAsync(), await bench.CallAsync(), bench.Follow());
        var payment = await agent.StartAsync(call);
        await agent.CaptureAsync(call, payment, "payment-card-number", "41111");

        await call.HangUpAsync();

        var item = (await changes.NextAsync(c => c.HasResult(payment))).Data;
        (item.Text("Result"), item.Text("status"), item.Text("Capture")).ShouldBe(("caller-hung-up", "failed", null));
        (await agent.AskAsync(call.Sid, payment, "security-code"))
            .ShouldBe(new(400, "Error with updateCapture: The payment has failed. Start a new one"));
    }
}
