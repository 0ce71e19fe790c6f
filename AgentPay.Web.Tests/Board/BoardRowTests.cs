using AgentPay.Web.Board;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Components.Calls;
using AgentPay.Web.Tests.Payments;
using static AgentPay.Web.Tests.Board.ABoardPayment;

namespace AgentPay.Web.Tests.Board;

/// <summary>Which rows the board has, which of them need attention, and their order.</summary>
public sealed class BoardRowTests
{
    [Theory]
    [InlineData(PaymentPhase.Starting, 15)]
    [InlineData(PaymentPhase.Capturing, 180)]
    [InlineData(PaymentPhase.Ready, 120)]
    [InlineData(PaymentPhase.Confirming, 60)]
    [InlineData(PaymentPhase.Submitting, 20)]
    [InlineData(PaymentPhase.Cancelling, 20)]
    public void Attention_PhaseLongerThanUsual_IsStalled(PaymentPhase phase, int seconds)
    {
        Attentions.Of(In(phase, seconds - 0.1), true, Now).ShouldBe(Attention.None);
        Attentions.Of(In(phase, seconds), true, Now).ShouldBe(Attention.Stalled);
    }

    [Theory]
    [InlineData(ResultKind.Unknown, true, Attention.NeedsChecking)]
    [InlineData(ResultKind.Unknown, false, Attention.NeedsChecking)]
    [InlineData(ResultKind.Failed, true, Attention.Failing)]
    [InlineData(ResultKind.Failed, false, Attention.None)]
    [InlineData(ResultKind.Succeeded, true, Attention.None)]
    [InlineData(ResultKind.Cancelled, true, Attention.None)]
    public void Attention_PaymentOver_DependsOnTheResultAndTheCall(ResultKind kind, bool isCallLive, Attention expected) =>
        Attentions.Of(Over(kind), isCallLive, Now).ShouldBe(expected);

    [Theory]
    [InlineData(2, false, Attention.None)]
    [InlineData(3, false, Attention.Failing)]
    [InlineData(0, true, Attention.Failing)]
    public void Attention_AskedOftenOrRefused_IsFailing(int attempts, bool isRefused, Attention expected) =>
        Attentions.Of(In(PaymentPhase.Capturing) with { Field = CaptureField.PaymentCardNumber, Attempts = attempts,
            IsRefused = isRefused }, true, Now)
            .ShouldBe(expected);

    [Fact]
    public void Rows_OfEveryKind_AreOrderedByAttentionThenAgeThenPayment()
    {
        var calls = Enumerable.Range(0, 6).Select(n => ACall.Inbound(at: Now.AddMinutes(-10 + n))).ToList();
        BoardPayment[] payments =
        [
            In(PaymentPhase.Ready, call: calls[5].PstnSid, started: Now.AddMinutes(-4)),
            In(PaymentPhase.Capturing, call: calls[4].PstnSid, started: Now.AddMinutes(-5)),
            In(PaymentPhase.Submitting, seconds: 30, call: calls[3].PstnSid),
            Over(ResultKind.Failed, call: calls[2].PstnSid),
            Over(ResultKind.Unknown, call: calls[1].PstnSid),
        ];

        var rows = BoardRow.Of(calls, payments, Now);

        rows.Select(row => row.Call).ShouldBe([calls[1], calls[2], calls[3], calls[4], calls[5], calls[0]]);
        rows.Select(row => row.Attention).Take(4).ShouldBe([Attention.NeedsChecking, Attention.Failing, Attention.Stalled, Attention.None]);
    }

    [Fact]
    public void Rows_PhaseChanges_KeepTheirPlaces()
    {
        var calls = Enumerable.Range(0, 3).Select(_ => ACall.Inbound()).ToList();
        BoardPayment[] payments =
            [.. calls.Select((call, n) => In(PaymentPhase.Capturing, call: call.PstnSid, started: Now.AddSeconds(n)))];
        var before = BoardRow.Of(calls, payments, Now).Select(row => row.Key).ToList();

        payments[2] = payments[2] with { Phase = PaymentPhase.Submitting, PhaseSince = Now };

        BoardRow.Of(calls, payments, Now).Select(row => row.Key).ShouldBe(before);
    }

    [Fact]
    public void Rows_SeveralPaymentsOnACall_ShowTheLatestAndOlderOnesThatNeedChecking()
    {
        var call = ACall.Inbound();
        var latest = In(PaymentPhase.Capturing, call: call.PstnSid, started: Now);
        var unclear = Over(ResultKind.Unknown, call.PstnSid, Now.AddMinutes(-5));
        var failed = Over(ResultKind.Failed, call.PstnSid, Now.AddMinutes(-9));

        var rows = BoardRow.Of([call], [failed, latest, unclear], Now);

        rows.Select(row => (row.Key, row.Payment)).ShouldBe([(unclear.Id.ToString(), unclear), (call.PstnSid.ToString(), latest)]);
    }

    [Fact]
    public void Rows_CallEnded_KeepsOnlyPaymentsInProgressOrToCheck()
    {
        var ended = Enumerable.Range(0, 3).Select(_ => ACall.Inbound(status: CallStatus.Completed)).ToList();
        var processing = In(PaymentPhase.Submitting, call: ended[0].PstnSid);
        var paid = Over(ResultKind.Succeeded, ended[1].PstnSid);
        var elsewhere = In(PaymentPhase.Ready);

        var rows = BoardRow.Of(ended, [processing, paid, elsewhere], Now);

        rows.Select(row => row.Payment).ShouldBe([processing, elsewhere], ignoreOrder: true);
        rows.Single(row => row.Payment == elsewhere).Call.ShouldBeNull();
    }

    [Fact]
    public void Payment_DigitEntered_IsUnchanged()
    {
        var session = APayment.Capturing();
        var asked = session.Apply(APayment.Asked(CaptureField.PaymentCardNumber, 1, APayment.Card));

        var typed = asked.Apply(APayment.Partial(CaptureField.PaymentCardNumber, "4", 2, APayment.Card));

        typed.ShouldNotBe(asked);
        BoardPayment.Of(typed).ShouldBe(BoardPayment.Of(asked));
    }

    [Theory]
    [InlineData(PaymentPhase.Succeeded, ResultKind.Succeeded)]
    [InlineData(PaymentPhase.Cancelled, ResultKind.Cancelled)]
    [InlineData(PaymentPhase.Unknown, ResultKind.Unknown)]
    [InlineData(PaymentPhase.Submitting, null)]
    public void Payment_OfASession_HasItsResult(PaymentPhase phase, ResultKind? expected)
    {
        var session = APayment.In(phase);

        var payment = BoardPayment.Of(session);

        (payment.Phase, payment.PhaseSince, payment.Result, payment.Agent).ShouldBe((phase, session.PhaseSince, expected, session.Agent));
    }
}
