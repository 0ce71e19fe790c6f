using System.Net;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>What the sandbox refuses or fails to answer, as our client of the Payments API tells it.</summary>
public sealed class PaymentErrorsOnSandboxTests(TwilioSandbox sandbox) : IClassFixture<TwilioSandbox>
{
    [Theory]
    [InlineData(64004, "no such connector")]
    [InlineData(64006, "a token that the connector does not make")]
    [InlineData(64014, "a bank account without AVSName")]
    [InlineData(64017, "a bank account type for a card")]
    [InlineData(64020, "a pause that is too long")]
    [InlineData(21205, "a callback that is no https")]
    public async Task Create_ThatTwilioRefuses_CarriesItsCodeAndRequestId(int code, string reason)
    {
        var call = await sandbox.CallInAsync();
        var payment = Token("k");
        payment = code switch
        {
            64004 => payment with { PaymentConnector = reason },
            64006 => payment with { Goal = new PaymentGoal.Token(TokenType.PaymentMethod) },
            64014 => payment with { PaymentMethod = PaymentMethod.AchDebit },
            64017 => payment with { BankAccountType = BankAccountType.ConsumerSavings },
            64020 => payment with { Timeout = TimeSpan.FromSeconds(601) },
            _ => payment with { StatusCallback = "http://pay.example.com/" },
        };

        var error = await Should.ThrowAsync<TwilioException>(() => sandbox.Payments.CreateAsync(call, payment));

        (error.Status, error.Code, error.IsAmbiguous).ShouldBe((HttpStatusCode.BadRequest, code, false), reason);
        error.RequestId.ShouldNotBeNull().ShouldStartWith("RQ");
    }

    [Fact]
    public async Task Create_OnACallThatIsUnknown_IsNotFound()
    {
        var error = await Should.ThrowAsync<TwilioException>(() => sandbox.Payments.CreateAsync(TwilioStub.Call, Token("k")));

        (error.IsNotFound, error.Code).ShouldBe((true, 20404));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_OnACallThatIsNotInProgress_IsRefused(bool hasEnded)
    {
        var call = await sandbox.CallInAsync(answer: hasEnded);
        if (hasEnded) await sandbox.App.Control.HangUpAsync(call.ToString());

        (await Should.ThrowAsync<TwilioException>(() => sandbox.Payments.CreateAsync(call, Token("k")))).Code.ShouldBe(21220);
    }

    [Fact]
    public async Task Create_ASecondSession_IsRefused()
    {
        var call = await sandbox.CallInAsync();
        await sandbox.Payments.CreateAsync(call, Token("first"));

        (await Should.ThrowAsync<TwilioException>(() => sandbox.Payments.CreateAsync(call, Token("second")))).Code.ShouldBe(64021);
    }

    [Fact]
    public async Task Create_Repeated_GivesTheFirstSessionAgain()
    {
        var call = await sandbox.CallInAsync();

        var first = await sandbox.Payments.CreateAsync(call, Token("k"));

        (await sandbox.Payments.CreateAsync(call, Token("k"))).ShouldBe(first);
    }

    [Fact]
    public async Task Create_WhoseAnswersAreLost_StartsOneSessionAllTheSame()
    {
        var call = await sandbox.CallInAsync();
        await sandbox.App.Control.SetFaultsAsync(new { apiError = 1.0 });
        var creation = sandbox.Payments.CreateAsync(call, Token("k"));
        var pause = await sandbox.Clock.TimerAsync(IsPause);
        await sandbox.App.Control.SetFaultsAsync(new { });
        sandbox.Clock.Advance(pause);

        var payment = await creation;
        await sandbox.Payments.UpdateAsync(call, payment.Sid, Step("c", new PaymentStep.Cancel()));

        await sandbox.Owner.NextAsync(webhook => webhook["Sid"] == payment.Sid.ToString() && webhook["Result"] is not null);
        sandbox.Owner.All.Count(webhook => webhook["CallSid"] == call.ToString() && webhook["DateCreated"] is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Create_NeverAnswered_IsAmbiguous()
    {
        var call = await sandbox.CallInAsync();
        await sandbox.App.Control.SetFaultsAsync(new { apiTimeout = 1.0 });
        var creation = sandbox.Payments.CreateAsync(call, Token("k"));
        while (!creation.IsCompleted)
        {
            var pause = sandbox.Clock.TimerAsync(length => IsPause(length) || length == Timeouts.TwilioTry);
            if (await Task.WhenAny(creation, pause) == pause) sandbox.Clock.Advance(await pause);
        }
        await sandbox.App.Control.SetFaultsAsync(new { });

        var error = await Should.ThrowAsync<TwilioException>(() => creation);
        (error.Status, error.IsUnavailable, error.IsAmbiguous).ShouldBe((null, true, true));
    }

    [Fact]
    public async Task Complete_WithoutTheFields_IsRefused()
    {
        var call = await sandbox.CallInAsync();
        var payment = await sandbox.Payments.CreateAsync(call, Token("k"));

        var error = await Should.ThrowAsync<TwilioException>(() =>
            sandbox.Payments.UpdateAsync(call, payment.Sid, Step("c", new PaymentStep.Complete())));

        error.Code.ShouldBe(64019);
        error.Message.ShouldContain("payment-card-number");
    }

    [Fact]
    public async Task Update_OfASessionThatHasEnded_IsRefused()
    {
        var call = await sandbox.CallInAsync();
        var payment = await sandbox.Payments.CreateAsync(call, Token("k"));
        await sandbox.Payments.UpdateAsync(call, payment.Sid, Step("c", new PaymentStep.Cancel()));

        var capture = Step("n", new PaymentStep.Capture(CaptureField.PaymentCardNumber));

        (await Should.ThrowAsync<TwilioException>(() => sandbox.Payments.UpdateAsync(call, payment.Sid, capture))).Code.ShouldBe(64021);
    }

    private static bool IsPause(TimeSpan length) => length < TimeSpan.FromSeconds(5);

    private CreatePayment Token(string key) =>
        new() { IdempotencyKey = key, StatusCallback = sandbox.Owner.Url + "/pay", Goal = new PaymentGoal.Token() };

    private UpdatePayment Step(string key, PaymentStep step) =>
        new() { IdempotencyKey = key, StatusCallback = sandbox.Owner.Url + "/pay", Step = step };
}
