using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using static AgentPay.Web.Payments.PaymentEvent;
using static AgentPay.Web.Tests.Payments.APayment;

namespace AgentPay.Web.Tests.Payments;

public sealed class PaymentTransitionTests
{
    [Fact]
    public void Start_BeforeAnythingIsAsked_HoldsTheIntentAndItsKey()
    {
        var session = Starting();

        session.Pending.ShouldBe(new PendingAction(PaymentAction.Start, Noon));
        session.Payment.ShouldBeNull();
    }

    [Fact]
    public void CalledBack_BeforeTheStartIsAnswered_BindsThePaymentAndAsksTheFirstField()
    {
        var session = Starting().Apply(Callback(1));

        session.Payment.ShouldBe(Pk);
        session.PendingKey!.ShouldBe($"{session.Id}-capture-payment-card-number-1");
    }

    [Fact]
    public void Accepted_AfterTheCallbackCameFirst_ChangesNothing()
    {
        var starting = Starting();
        var bound = starting.Apply(Callback(1));

        bound.Apply(new ActionAccepted(Noon, starting.PendingKey!, Pk)).ShouldBeSameAs(bound);
    }

    [Fact]
    public void CalledBack_WithAFieldCaptured_AsksTheNextInThePlansOrder()
    {
        var session = Capturing() is var capturing ? capturing.Apply(Captured(capturing, CaptureField.PaymentCardNumber)) : capturing;

        session.Row(CaptureField.PaymentCardNumber)!
            .ShouldSatisfyAllConditions(r => r.Progress.ShouldBe(FieldProgress.Captured), r => r.Shown.ShouldBe("xxxxxxxxxxxx1111"));
        session.Pending!.Field.ShouldBe(CaptureField.ExpirationDate);
    }

    [Theory]
    [InlineData(64021, PaymentPhase.Submitting)]
    [InlineData(20404, PaymentPhase.Submitting)]
    [InlineData(64020, PaymentPhase.Confirming)]
    public void CancelRefused_WhileTheCallerConfirms_ClaimsNothing(int code, PaymentPhase phase)
    {
        var session = Confirming().Accepted().Apply(new CancelAsked(Noon));
        session.PendingKey.ShouldBe($"{session.Id}-cancel");

        var refused = session.Apply(new ActionRefused(Noon, session.PendingKey!, code));

        (refused.Phase, refused.Pending, refused.Refusal).ShouldBe((phase, null, code));
    }

    [Fact]
    public void FieldAsked_ForTheFirstOfTwoEntries_AsksTheSecondAgainAfterIt()
    {
        CaptureField[] twice = [CaptureField.PaymentCardNumber, CaptureField.PaymentCardNumberMatcher, CaptureField.ExpirationDate];
        var session = Capturing(Plan with { Fields = twice });
        session = session.Apply(Captured(session, twice[0])).Accepted();
        session = session.Apply(Rejected(twice[1], "input-matching-failed", 2, twice[1..]));

        session = session.Apply(new FieldAsked(Noon, twice[0])).Accepted();
        session.Row(twice[1])!.ShouldSatisfyAllConditions(row => row.Progress.ShouldBe(FieldProgress.NotAsked), row => row.Error
            .ShouldBeNull());
        session = session.Apply(Captured(session, twice[0]));

        session.Pending!.Field.ShouldBe(twice[1]);
    }

    [Fact]
    public void CalledBack_WithARejectedField_WaitsForTheAgent()
    {
        var session = Capturing().Apply(Rejected(CaptureField.PaymentCardNumber, "invalid-card-number", 1, Card));

        session.Current.ShouldBe(CaptureField.PaymentCardNumber);
        session.Row(CaptureField.PaymentCardNumber)!.Error.ShouldBe("invalid-card-number");
        session.Pending.ShouldBeNull();
    }

    [Fact]
    public void CalledBack_WithARejectedFieldAndAttemptsLeft_AsksItAgainUnderANewKey()
    {
        var session = Capturing(Plan with { Attempts = 2 }).Apply(Rejected(CaptureField.PaymentCardNumber, "input-timeout", 1, Card));

        session.PendingKey!.ShouldEndWith("-capture-payment-card-number-2");
        session.Accepted().Apply(Rejected(CaptureField.PaymentCardNumber, "input-timeout", 2, Card)).Pending.ShouldBeNull();
    }

    [Fact]
    public void CalledBack_OlderThanTheLast_IsDropped()
    {
        var session = Capturing().Apply(Partial(CaptureField.PaymentCardNumber, "xxxxx", 5, Card));

        session.Apply(Partial(CaptureField.PaymentCardNumber, "xx", 2, Card)).ShouldBeSameAs(session);
    }

    [Fact]
    public void CalledBack_Twice_IsAppliedOnce()
    {
        var once = Partial(CaptureField.PaymentCardNumber, "xxxxx", 5, Card);
        var session = Capturing().Apply(once);

        session.Apply(once).ShouldBeSameAs(session);
    }

    [Fact]
    public void FieldAsked_OfACapturedField_TakesItsValueBack()
    {
        var session = Ready().Apply(new FieldAsked(Noon, CaptureField.ExpirationDate));

        session.Row(CaptureField.ExpirationDate)!.Shown.ShouldBeNull();
        session.PendingKey!.ShouldEndWith("-capture-expiration-date-2");
    }

    [Fact]
    public void FieldAsked_WhileARequestIsUnanswered_ChangesNothing()
    {
        var session = Ready().Apply(new FieldAsked(Noon, CaptureField.ExpirationDate));

        session.Apply(new FieldAsked(Noon, CaptureField.PaymentCardNumber)).ShouldBeSameAs(session);
    }

    [Fact]
    public void FieldAsked_SecurityCodeBeforeTheCardNumber_IsLeftToADrivingClientAlone()
    {
        var server = Capturing();
        server.Apply(new FieldAsked(Noon, CaptureField.SecurityCode)).ShouldBeSameAs(server);

        var client = Capturing(Plan with { Driver = PaymentDriver.Client });
        client.Apply(new FieldAsked(Noon, CaptureField.SecurityCode)).Pending!.Field.ShouldBe(CaptureField.SecurityCode);
    }

    [Fact]
    public void CalledBack_OfADrivingClient_AsksNothingByItself()
    {
        var session = Capturing(Plan with { Driver = PaymentDriver.Client });

        session.Pending.ShouldBeNull();
        session.Apply(Captured(session, CaptureField.PaymentCardNumber)).Pending.ShouldBeNull();
    }

    [Fact]
    public void SubmitAsked_Twice_KeepsOneKey()
    {
        var session = Submitting();

        session.Apply(new SubmitAsked(Noon)).ShouldBeSameAs(session);
        session.PendingKey!.ShouldBe($"{session.Id}-complete");
    }

    [Fact]
    public void CancelAsked_BeforeThePaymentIsKnown_IsSentOnceItIs()
    {
        var session = Starting().Apply(new CancelAsked(Noon));
        session.Pending!.Action.ShouldBe(PaymentAction.Start);

        session.Apply(new ActionAccepted(Noon, session.PendingKey!, Pk)).PendingKey!.ShouldBe($"{session.Id}-cancel");
    }

    [Fact]
    public void CallEnded_WhileSubmitting_LeavesTheOutcomeToTheGateway()
    {
        var session = Submitting().Apply(new CallEnded(Noon));

        session.Apply(Ended("success")).Phase.ShouldBe(PaymentPhase.Succeeded);
    }

    [Fact]
    public void Unknown_WhenTheOutcomeComesLate_IsUnknownNoMore()
    {
        Unknown().Apply(Ended("success")).Phase.ShouldBe(PaymentPhase.Succeeded);
        Unknown().Pending.ShouldBeNull();
    }

    [Fact]
    public void TimePassed_BeyondTheCaptureWindow_SaysSoWhenTheCancellationIsDone()
    {
        var session = Ready().Apply(new TimePassed(Noon.AddMinutes(5), Limits)).Apply(Ended("transaction-cancelled"));

        session.Phase.ShouldBe(PaymentPhase.Cancelled);
        session.Outcome!.Result.ShouldBe("capture-window-over");
    }

    [Theory]
    [InlineData(PaymentPhase.Succeeded)]
    [InlineData(PaymentPhase.Failed)]
    public void Final_KeepsTheLastFourButNoClearText(PaymentPhase phase)
    {
        var session = In(phase);

        session.Row(CaptureField.PaymentCardNumber)!.Shown.ShouldBe("xxxxxxxxxxxx1111");
        session.Row(CaptureField.ExpirationDate)!.Shown.ShouldBeNull();
    }
}
