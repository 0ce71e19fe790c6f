using System.Globalization;
using AgentPay.Web.Sandbox.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>Every end of a session that is not the connector's, and the confirmation by the caller.</summary>
public sealed class SessionEndTests(PayBench bench) : IClassFixture<PayBench>
{
    private const string LastFour = "Your number ends in 1 1 1 1. Please press 1 to confirm or 2 to cancel.";

    [Theory]
    [InlineData("")]
    [InlineData("4111")]
    public async Task Star_BeforeSubmission_EndsTheSession(string typed)
    {
        var call = await bench.ACallAsync();
        await call.StartAsync();
        if (typed.Length > 0) await call.UpdateOkAsync("Capture=payment-card-number");
        await call.PressAsync(typed + "*");

        var final = await call.NextAsync(callback => callback["Result"] is not null);
        (final["Result"], final["PaymentCardNumber"], final["Capture"], final["Required"], final["PartialResult"])
            .ShouldBe(("caller-interrupted-with-star", null, null, null, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Capture=payment-card-number")]
    [InlineData("Status=complete")]
    public async Task HangUp_BeforeSubmission_EndsTheSession(string lastUpdate)
    {
        var call = await bench.ACallAsync();
        await call.StartWithCardAsync(PayCall.Visa, "Confirmation=true");
        if (lastUpdate.Length > 0) await call.UpdateOkAsync(lastUpdate);
        await call.HangUpAsync();

        var final = await call.NextAsync(callback => callback["Result"] is not null);
        (final["Result"], final["ExpirationDate"]).ShouldBe(("caller-hung-up", "1230"));
    }

    [Fact]
    public async Task Keys_AfterTheEnd_AreIgnored()
    {
        var call = await bench.ACallAsync();
        await call.StartAsync();
        await call.UpdateOkAsync("Capture=payment-card-number");
        await call.PressAsync("*4*");
        await call.HangUpAsync();
        await bench.Sandbox.Services.GetRequiredService<CallbackQueue>().FlushAsync(call.PaymentSid);

        call.Received.Count(callback => callback["Result"] is not null).ShouldBe(1);
        call.Received[^1]["Result"].ShouldBe("caller-interrupted-with-star");
    }

    [Fact]
    public async Task Complete_WithACardThatHasExpiredMeanwhile_IsAValidationError()
    {
        var now = bench.Clock.GetUtcNow();
        var nextMonth = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
        bench.Clock.Advance(nextMonth - now - TimeSpan.FromMinutes(1));
        var call = await bench.ACallAsync();
        await call.StartAsync("PostalCode=false", "SecurityCode=false");
        await call.EnterAsync("payment-card-number", PayCall.Visa);
        await call.EnterAsync("expiration-date", now.ToString("MMyy", CultureInfo.InvariantCulture));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));

        (await call.CompleteAsync())["Result"].ShouldBe("validation-error");
    }

    [Fact]
    public async Task Complete_OfTheInternalErrorCard_IsAnInternalError()
    {
        var call = await bench.ACallAsync();
        await call.StartWithCardAsync("4000000000000903");

        (await call.CompleteAsync())["Result"].ShouldBe("internal-error");
    }

    [Fact]
    public async Task Confirmation_WithOne_Submits()
    {
        var call = await PromptedAsync();
        (await call.SaidAsync()).ShouldBe([LastFour]);
        await call.PressAsync("1");

        (await call.NextAsync())["Result"].ShouldBe("success");
    }

    [Fact]
    public async Task Confirmation_WithTwo_Cancels()
    {
        var call = await PromptedAsync();
        await call.PressAsync("2");

        (await call.NextAsync())["Result"].ShouldBe("transaction-cancelled");
    }

    [Fact]
    public async Task Confirmation_WithOtherKeys_PromptsThreeTimesInAll()
    {
        var call = await PromptedAsync();
        await call.PressAsync("3#");
        (await call.SaidAsync()).ShouldBe([LastFour, LastFour, LastFour]);
        await call.PressAsync("9");

        (await call.NextAsync())["Result"].ShouldBe("too-many-failed-attempts");
        (await call.SaidAsync()).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Confirmation_WithoutAKey_PromptsThreeTimesInAll()
    {
        var call = await PromptedAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(29));
        (await call.SaidAsync()).Length.ShouldBe(3);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));

        (await call.NextAsync())["Result"].ShouldBe("too-many-failed-attempts");
    }

    [Fact]
    public async Task Confirmation_WithStar_EndsTheSession()
    {
        var call = await PromptedAsync();
        await call.PressAsync("*");

        (await call.NextAsync())["Result"].ShouldBe("caller-interrupted-with-star");
    }

    [Fact]
    public async Task Confirmation_WhileItWaits_CanBeCancelledButNotCompletedAgain()
    {
        var call = await PromptedAsync();
        (await call.UpdateAsync("Status=complete")).Code.ShouldBe(64021);
        await call.UpdateOkAsync("Capture=expiration-date");
        await call.UpdateOkAsync("Status=cancel");

        (await call.NextAsync())["ErrorType"].ShouldBe("session-in-progress");
        (await call.NextAsync())["Result"].ShouldBe("transaction-cancelled");
    }

    private async Task<PayCall> PromptedAsync()
    {
        var call = await bench.ACallAsync();
        await call.StartWithCardAsync(PayCall.Visa, "Confirmation=true");
        await call.UpdateOkAsync("Status=complete");
        return call;
    }
}
