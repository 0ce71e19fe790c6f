using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Components.History;

namespace AgentPay.Web.Tests.Payments;

public sealed class PaymentResultTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("payment-connector-error", 64008, "card_declined", "Declined", RetryAdvice.Helps, "declined")]
    [InlineData("payment-connector-error", 64008, "insufficient_funds", "Declined", RetryAdvice.Helps, "insufficient funds")]
    [InlineData("payment-connector-error", 64008, "do_not_honour", "Declined", RetryAdvice.Helps, "declined")]
    [InlineData("payment-connector-error", 64003, null, "Not taken", RetryAdvice.AfterEdit, "amount")]
    [InlineData("caller-hung-up", null, null, "Call ended", RetryAdvice.Helps, "call ended")]
    [InlineData("caller-interrupted-with-star", null, null, "Cancelled by the caller", RetryAdvice.Helps, "Cancelled by the caller.")]
    [InlineData("transaction-cancelled", 20404, null, "Cancelled", RetryAdvice.Helps, "cancelled")]
    [InlineData("not-started", 64004, null, "Not taken", RetryAdvice.CannotHelp, "no pay connector")]
    [InlineData("not-started", null, null, "Not started", RetryAdvice.Helps, "could not open")]
    [InlineData("capture-window-over", null, null, "Timed out", RetryAdvice.Helps, "too long")]
    public void Of_AResultThatIsCertain_SaysWhatHappenedAndThatNothingWasCharged(
        string result, int? code, string? connectorError, string label, RetryAdvice retry, string what)
    {
        var entry = Of(result, code, connectorError);

        (entry.Label, entry.Retry, entry.NeedsChecking).ShouldBe((label, retry, false));
        entry.What.ShouldContain(what);
        entry.Money.ShouldBe("The customer has not been charged.");
    }

    [Theory]
    [InlineData("payment-connector-error", 64008, "malformed_response", "could not read")]
    [InlineData("payment-connector-error", 64008, "gateway_unavailable", "did not answer")]
    [InlineData("payment-connector-error", 64002, null, "could not be reached")]
    [InlineData("payment-connector-error", 64999, null, "not taken")]
    [InlineData("payment-connector-error", null, null, "not taken")]
    [InlineData("internal-error", null, null, "not taken")]
    [InlineData("a-future-result", null, null, "not taken")]
    [InlineData("unknown", null, null, "not confirmed")]
    public void Of_AResultThatIsUncertain_NeedsCheckingAndClaimsNothing(string result, int? code, string? connectorError, string what)
    {
        var entry = Of(result, code, connectorError);

        (entry.Kind, entry.Label, entry.NeedsChecking).ShouldBe((ResultKind.Unknown, "Needs checking", true));
        entry.What.ShouldContain(what);
        entry.Money.ShouldNotContain("has not been charged");
    }

    [Theory]
    [InlineData("success", "Paid")]
    [InlineData("caller-interrupted-with-star", "Cancelled by the caller")]
    [InlineData("payment-connector-error", "Needs checking")]
    public void Of_TheSessionAndItsRecord_AreTheSame(string result, string label)
    {
        var session = APayment.Submitting().Apply(APayment.Ended(result));

        PaymentResult.Of(session).ShouldBe(PaymentResult.Of(HistoryRecord.Of(session)));
        PaymentResult.Of(session).Label.ShouldBe(label);
    }

    [Fact]
    public void Of_AStarPressed_IsCancelledForTheSessionToo() =>
        APayment.Submitting().Apply(APayment.Ended("caller-interrupted-with-star")).Phase.ShouldBe(PaymentPhase.Cancelled);

    [Theory]
    [InlineData("unknown", true, ResultKind.Succeeded, "Checked: charged")]
    [InlineData("unknown", false, ResultKind.Failed, "Checked: not charged")]
    [InlineData("internal-error", false, ResultKind.Failed, "Checked: not charged")]
    public void Of_AClosedCheck_IsWhatTheSupervisorFound(string result, bool isCharged, ResultKind kind, string label)
    {
        var entry = PaymentResult.Of(ARecord.Of(ARecord.Amara, At, result).Closed(isCharged));

        (entry.Kind, entry.Label, entry.NeedsChecking).ShouldBe((kind, label, false));
    }

    [Theory]
    [InlineData("success", true, "Paid", false)]
    [InlineData("success", false, "Needs checking", true)]
    [InlineData("validation-error", false, "Not taken", false)]
    [InlineData("validation-error", true, "Needs checking", true)]
    [InlineData("internal-error", true, "Checked: charged", false)]
    public void Of_AResultAfterTheClosing_ConfirmsItOrReopensTheCheck(string late, bool isCharged, string label, bool needsChecking)
    {
        var record = ARecord.Of(ARecord.Amara, At, "unknown").Closed(isCharged) with { Result = late };

        (PaymentResult.Of(record).Label, PaymentResult.Of(record).NeedsChecking).ShouldBe((label, needsChecking));
        PaymentResult.Of(record.Closed(isCharged)).NeedsChecking.ShouldBeFalse();
    }

    private static PaymentResult Of(string result, int? code, string? connectorError) =>
        PaymentResult.Of(ARecord.Of(ARecord.Amara, At, result) with { Code = code, ConnectorError = connectorError });
}
