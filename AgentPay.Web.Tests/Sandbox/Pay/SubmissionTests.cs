using System.Net;
using System.Text;
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
    [InlineData("4000000000009995", "insufficient_funds")]
    [InlineData("4000000000000069", "expired_card")]
    [InlineData("4000000000000127", "incorrect_cvc")]
    [InlineData("4000000000000119", "malformed_response")]
    public async Task Card_ThatIsNotCharged_EndsWithTheGatewaysReason(string number, string reason)
    {
        var call = await _bench.AReadyChargeAsync(number: number);

        (await call.CompleteAsync())["ConnectorError"].ShouldBe(reason);
        Gateway.Charges.ShouldBe(0);
    }

    [Theory]
    [InlineData("4000000000000606", 0)]
    [InlineData("4000000000000705", 1)]
    public async Task Card_WhoseFirstTryFails_IsChargedOnce(string number, int duplicates)
    {
        var call = await _bench.AReadyChargeAsync(number: number);

        (await call.CompleteAsync())["Result"].ShouldBe("success");
        (Gateway.Charges, Gateway.Duplicates).ShouldBe((1, duplicates));
    }

    [Fact]
    public async Task Card_AnsweredSlowly_SucceedsOnTheFirstTry()
    {
        var call = await _bench.AReadyChargeAsync("Timeout=600", "4000000000000309");
        await call.UpdateOkAsync("Status=complete");
        await _bench.Clock.TimerAsync(TimeSpan.FromSeconds(5));
        _bench.Clock.Advance(TimeSpan.FromSeconds(5));

        (await call.NextAsync())["Result"].ShouldBe("success");
        (Gateway.Charges, Gateway.Duplicates).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Card_AnsweredTooLate_HearsTheFirstAnswerOnTheSecondTry()
    {
        var call = await _bench.AReadyChargeAsync(number: "4000000000000408");
        await call.UpdateOkAsync("Status=complete");
        await _bench.Clock.TimerAsync(TimeSpan.FromSeconds(12));
        _bench.Clock.Advance(TimeSpan.FromSeconds(10));

        (await call.NextAsync())["Result"].ShouldBe("success");
        (Gateway.Charges, Gateway.Duplicates).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Card_NeverAnswered_FailsAfterFiveTimesTenSeconds()
    {
        var call = await _bench.AReadyChargeAsync(number: "4000000000000507");
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
        var call = await _bench.AReadyChargeAsync("PaymentConnector=Scripted", number);

        var final = await call.CompleteAsync();

        (final["Result"], final["PayErrorCode"], final["ConnectorError"]).ShouldBe(("payment-connector-error", code, null));
        _bench.Listener.All.ShouldNotContain(webhook => webhook.Path == Connector);
    }

    [Fact]
    public async Task BankAccount_ThatIsNoTestAccount_NeverReachesTheConnector()
    {
        var call = await _bench.ACallAsync();
        await call.StartAsync("PaymentMethod=ach-debit", "Parameter={\"AVSName\":\"Ann\"}");
        await call.EnterAsync("bank-routing-number", "021000021");
        await call.EnterAsync("bank-account-number", "5555#");

        (await call.CompleteAsync())["PayErrorCode"].ShouldBe("64023");
        Gateway.Tokens.ShouldBe(0);
    }

    [Fact]
    public async Task Complete_ManyTimesAtOnceWithDifferentKeys_ChargesOnce()
    {
        var call = await _bench.AReadyChargeAsync();

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
        (await call.UpdateAsync("Status=cancel")).Code.ShouldBe(64021);
        answer.SetResult("""{"charge_id":"ch_1"}""");

        var final = await call.NextAsync();
        (final["Result"], final["PaymentConfirmationCode"]).ShouldBe(("success", "ch_1"));
    }

    [Fact]
    public async Task ResetDuringSubmission_ForgetsTheSession()
    {
        var (call, answer) = await SubmittingAsync();
        await _bench.Sandbox.Control.ResetAsync();
        answer.SetResult("""{"charge_id":"ch_1"}""");

        (await call.UpdateAsync("Status=cancel")).Code.ShouldBe(20404);
    }

    public Task InitializeAsync() => _bench.InitializeAsync();

    public Task DisposeAsync() => _bench.DisposeAsync();

    private GatewayStats Gateway => _bench.Sandbox.Services.GetRequiredService<SandboxStats>().Report().Gateway;

    /// <summary>A charge that waits for its connector, and the connector's answer.</summary>
    private async Task<(PayCall Call, TaskCompletionSource<string> Answer)> SubmittingAsync()
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _bench.Listener.Script(Connector, async (context, _) =>
            await context.Response.WriteAsync(await answer.Task.WaitAsync(context.RequestAborted), Encoding.UTF8));
        var call = await _bench.AReadyChargeAsync("PaymentConnector=Scripted");
        await call.UpdateOkAsync("Status=complete");
        await _bench.Listener.NextAsync(webhook => webhook.Path == Connector);
        return (call, answer);
    }
}
