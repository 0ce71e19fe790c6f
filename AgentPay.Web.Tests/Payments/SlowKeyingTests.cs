using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using static AgentPay.Web.Payments.PaymentEvent;
using static AgentPay.Web.Tests.Payments.APayment;

namespace AgentPay.Web.Tests.Payments;

/// <summary>Slow-keying mode: what it changes in a payment that runs, and in one that is started with it.</summary>
public sealed class SlowKeyingTests
{
    [Theory]
    [InlineData(false, 299, PaymentPhase.Capturing)]
    [InlineData(false, 300, PaymentPhase.Cancelling)]
    [InlineData(true, 599, PaymentPhase.Capturing)]
    [InlineData(true, 600, PaymentPhase.Cancelling)]
    public void TimePassed_InSlowKeyingMode_CancelsAfterTwiceTheCaptureWindow(bool isSlow, int seconds, PaymentPhase phase)
    {
        var session = isSlow ? Capturing().Apply(new SlowKeyingAsked(Noon)) : Capturing();

        session.Apply(new TimePassed(Noon.AddSeconds(seconds), Limits)).Phase.ShouldBe(phase);
        Capturing(Plan with { IsSlow = isSlow }).Apply(new TimePassed(Noon.AddSeconds(seconds), Limits)).Phase.ShouldBe(phase);
    }

    [Fact]
    public void Field_ThatTimesOut_IsAskedAgainFiveTimesInAll()
    {
        var session = Capturing().Apply(new SlowKeyingAsked(Noon));

        for (var second = 1; second <= 10; second++)
            session = session.Apply(Rejected(Card[0], "input-timeout", second, Card)).Accepted();

        session.Rows[0].ShouldBe(new(Card[0], FieldProgress.TimedOut, Error: "input-timeout", Asked: 5));
    }

    [Fact]
    public void Field_ThatIsRejected_IsAskedAgainAsOftenAsTheProfileSays()
    {
        var session = Capturing().Apply(new SlowKeyingAsked(Noon)).Apply(Rejected(Card[0], "invalid-card-number", 1, Card));

        session.Rows[0].Progress.ShouldBe(FieldProgress.Rejected);
        session.Pending.ShouldBeNull();
    }

    [Fact]
    public void SlowKeying_AfterATimeout_AsksAgainAtOnce()
    {
        var timedOut = Capturing().Apply(Rejected(Card[0], "input-timeout", 1, Card));
        timedOut.Pending.ShouldBeNull();

        var slow = timedOut.Apply(new SlowKeyingAsked(Noon));

        slow.Pending.ShouldBe(new(PaymentAction.Capture, Noon, Card[0], 2));
        slow.IsMilestoneAfter(timedOut).ShouldBeTrue();
    }

    [Fact]
    public void SlowKeying_OfAPaymentThatAClientDrives_IsIgnored()
    {
        var session = Starting(Plan with { Driver = PaymentDriver.Client });

        session.Apply(new SlowKeyingAsked(Noon)).ShouldBeSameAs(session);
    }

    [Theory]
    [InlineData(null, 20, 20)]
    [InlineData(30, 20, 30)]
    [InlineData(null, 2, 5)]
    public void TimeoutFor_SlowKeying_IsNeverShorterThanUsual(int? usual, int slow, int expected)
    {
        var profile = new PaymentProfile { Timeout = usual is { } seconds ? TimeSpan.FromSeconds(seconds)
            : null, SlowTimeout = TimeSpan.FromSeconds(slow) };

        profile.TimeoutFor(isSlow: true).ShouldBe(TimeSpan.FromSeconds(expected));
        profile.TimeoutFor(isSlow: false).ShouldBe(profile.Timeout);
    }
}
