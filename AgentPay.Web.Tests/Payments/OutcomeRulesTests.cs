using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Tests.Payments;

public sealed class OutcomeRulesTests
{
    [Theory]
    [InlineData("payment_status", "APPROVED", null, PaymentPhase.Succeeded, "success")]
    [InlineData("payment_status", "DECLINED", null, PaymentPhase.Unknown, "unknown")]
    [InlineData("Status", "failed", null, PaymentPhase.Unknown, "unknown")]
    [InlineData("gatewayStatus", " Error ", null, PaymentPhase.Unknown, "unknown")]
    [InlineData("message", "DECLINED", null, PaymentPhase.Succeeded, "success")]
    [InlineData("payment_status", "DECLINED", "payment_status=DECLINED", PaymentPhase.Failed, "payment-connector-error")]
    [InlineData("response", "05", "PayConnector_payment_status=VOIDED, PayConnector_response=05", PaymentPhase.Failed,
        "payment-connector-error")]
    [InlineData("response", "00", "response=05", PaymentPhase.Succeeded, "success")]
    public void Judge_SuccessBesideAnOutput_IsPaidOnlyIfTheOutputSaysNothingElse(string name, string value, string? notPaid,
        PaymentPhase phase, string result)
    {
        var outcome = new PaymentOutcome("success", Confirmation: "ch_1") { Outputs = new Dictionary<string, string> { [name] = value } };

        var judged = OutcomeRules.Judge(APayment.Plan with { NotPaid = notPaid }, outcome);

        (judged.Phase, judged.Outcome.Result, judged.Outcome.Confirmation).ShouldBe((phase, result, "ch_1"));
        judged.Outcome.Outputs.ShouldBe(outcome.Outputs);
        HistoryRecord.Of(APayment.Submitting() with { Outcome = judged.Outcome }).Outputs.ShouldBe(outcome.Outputs);
    }

    [Fact]
    public void Apply_SuccessWithADeclinedStatus_IsNeverPaidAndSettlesOnce()
    {
        var doubtful = APayment.Callback(100, c =>
            c with { Outcome = new("success") { Outputs = new Dictionary<string, string> { ["payment_status"] = "DECLINED" } } });

        var after = APayment.Submitting().Apply(doubtful);

        (after.Phase, after.Outcome!.Result, after.Outcome.GatewayText)
            .ShouldBe((PaymentPhase.Unknown, "unknown", "payment_status=DECLINED"));
        after.Apply(doubtful).ShouldBeSameAs(after);
    }

    [Fact]
    public void Apply_RequiredWithAnUnknownNameAlone_IsNotReadyAndCapturesNothing()
    {
        var before = APayment.Capturing();

        var after = before.Apply(APayment.Callback(5, c => c with { Capture = CaptureField.PaymentCardNumber,
            Required = new HashSet<CaptureField>(), OtherRequired = ["ExpirationDate"] }));

        after.Phase.ShouldBe(PaymentPhase.Capturing);
        after.Rows.ShouldAllBe(row => row.Progress != FieldProgress.Captured);
        after.OtherRequired.ShouldBe(["ExpirationDate"]);
        PayMapItem.Of(after, APayment.Noon).Required!.ShouldEndWith(",ExpirationDate");
    }

    [Fact]
    public void Apply_AllShownAndAnUnknownNameRequired_IsNotReady()
    {
        var session = APayment.Capturing();
        foreach (var field in APayment.Card)
            session = session.Apply(APayment.Callback(5 + (int)field, c => c with
            {
                Capture = field, Required = new HashSet<CaptureField>(), OtherRequired = ["iris-scan"], Shown =
                    new Dictionary<CaptureField, string> { [field] = APayment.Mask(field) },
            })).Accepted();

        session.Rows.ShouldAllBe(row => row.Progress == FieldProgress.Captured);
        session.Phase.ShouldBe(PaymentPhase.Capturing);
    }
}
