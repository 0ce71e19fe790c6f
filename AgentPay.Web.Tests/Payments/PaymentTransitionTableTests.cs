using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using static AgentPay.Web.Payments.PaymentEvent;
using static AgentPay.Web.Tests.Payments.APayment;

namespace AgentPay.Web.Tests.Payments;

/// <summary>(phase, event) → phase, for every phase and every event. A dot is an event that changes nothing.</summary>
public sealed class PaymentTransitionTableTests
{
    private const string Table = """
        event            Starting   Capturing  Ready      Confirming Submitting Cancelling Succeeded  Failed     Cancelled  Unknown
        field-asked      .          .          Capturing  .          .          .          .          .          .          .
        submit-asked     .          .          Submitting .          .          .          .          .          .          .
        cancel-asked     Cancelling Cancelling Cancelling Confirming .          .          .          .          .          .
        slow-keying      Starting   Capturing  Ready      .          .          .          .          .          .          .
        taken-over       Starting   Capturing  Ready      Confirming Submitting Cancelling .          .          .          .
        handed-over      Starting   Capturing  Ready      Confirming Submitting Cancelling .          .          .          .
        accepted         Capturing  .          .          Confirming Submitting Cancelling .          .          .          .
        refused-64020    Failed     .          .          Ready      Ready      Cancelled  .          .          .          .
        refused-64019    Failed     .          .          Capturing  Capturing  Cancelled  .          .          .          .
        refused-64021    Starting   .          .          Confirming Submitting Cancelled  .          .          .          .
        refused-20404    Failed     .          .          Confirming Submitting Cancelled  .          .          .          .
        refused-21220    Failed     .          .          Confirming Submitting Cancelled  .          .          .          .
        refused-other    .          .          .          .          .          .          .          .          .          .
        called-back      Capturing  Capturing  Capturing  Confirming Submitting Cancelling .          .          .          Unknown
        all-captured     Capturing  Ready      Ready      Confirming Submitting Cancelling .          .          .          Unknown
        success          Succeeded  Succeeded  Succeeded  Succeeded  Succeeded  Succeeded  .          .          .          Succeeded
        declined         Failed     Failed     Failed     Failed     Failed     Failed     .          .          .          Failed
        cancelled        Cancelled  Cancelled  Cancelled  Cancelled  Cancelled  Cancelled  .          .          .          Cancelled
        stranger         Capturing  .          .          .          .          .          .          .          .          .
        call-ended       Failed     Failed     Failed     .          .          Cancelled  .          .          .          .
        a-minute         Cancelling .          .          .          Unknown    .          .          .          .          .
        five-minutes     Cancelling Cancelling Cancelling Unknown    Unknown    Cancelled  .          .          .          .
        a-second         .          .          .          .          .          .          .          .          .          .
        check-closed     .          .          .          .          .          .          .          Failed     .          Unknown
        receipt-asked    .          .          .          .          .          .          Succeeded  .          .          .
        receipt-reported .          .          .          .          .          .          .          .          .          .
        recording        Starting   Capturing  Ready      Confirming Submitting Cancelling Succeeded  Failed     Cancelled  Unknown
        """;

    public static TheoryData<string, PaymentPhase, string> Cells()
    {
        var lines = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var cells = new TheoryData<string, PaymentPhase, string>();
        foreach (var line in lines.Skip(1))
            foreach (var (phase, expected) in lines[0].Zip(line).Skip(1)) cells.Add(line[0], Enum.Parse<PaymentPhase>(phase), expected);
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Apply_InEachPhase_LeadsWhereTheTableSays(string happened, PaymentPhase phase, string expected)
    {
        var before = In(phase);

        var after = before.Apply(Event(happened, before));

        if (expected == ".") after.ShouldBeSameAs(before);
        else after.ShouldNotBeSameAs(before);
        after.Phase.ShouldBe(expected == "." ? phase : Enum.Parse<PaymentPhase>(expected));
    }

    [Fact]
    public void Cells_CoverEveryPhaseAndEveryKindOfEvent()
    {
        Cells().Select(c => (PaymentPhase)c[1]).Distinct().Count().ShouldBe(Enum.GetValues<PaymentPhase>().Length);
        var kinds = typeof(PaymentEvent).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(PaymentEvent)));
        Cells().Select(c => Event((string)c[0], Ready()).GetType()).Distinct().ShouldBe(kinds, ignoreOrder: true);
    }

    private static PaymentEvent Event(string name, PaymentSession session) => name switch
    {
        "field-asked" => new FieldAsked(Noon, CaptureField.SecurityCode),
        "submit-asked" => new SubmitAsked(Noon),
        "cancel-asked" => new CancelAsked(Noon),
        "slow-keying" => new SlowKeyingAsked(Noon),
        "taken-over" => new TakenOver(Noon, "sam@contoso.test"),
        "handed-over" => new HandedOver(Noon, "kim@contoso.test"),
        "accepted" => new ActionAccepted(Noon, session.PendingKey ?? "none", Pk),
        "refused-64020" => new ActionRefused(Noon, session.PendingKey ?? "none", 64020),
        "refused-64019" => new ActionRefused(Noon, session.PendingKey ?? "none", 64019),
        "refused-64021" => new ActionRefused(Noon, session.PendingKey ?? "none", 64021),
        "refused-20404" => new ActionRefused(Noon, session.PendingKey ?? "none", 20404),
        "refused-21220" => new ActionRefused(Noon, session.PendingKey ?? "none", 21220),
        "refused-other" => new ActionRefused(Noon, "another-key", 64020),
        "called-back" => Asked(CaptureField.PaymentCardNumber, 50, Card),
        "all-captured" => Asked(CaptureField.SecurityCode, 50),
        "success" => Ended("success"),
        "declined" => Ended("payment-connector-error"),
        "cancelled" => Ended("transaction-cancelled"),
        "stranger" => new CalledBack(Noon,
            Asked(CaptureField.SecurityCode, 50).Callback with { Payment = PaymentSid.Parse("PK" + new string('9', 32)) }),
        "call-ended" => new CallEnded(Noon),
        "check-closed" => new Closed(Noon, new(false, null, null, "priya@contoso.test", Noon, HistoryRecord.Of(session).Result)),
        "receipt-asked" => new ReceiptAsked(new(1, ReceiptState.Sending, "678", session.Agent, Noon)),
        "receipt-reported" => new ReceiptReported(Noon, 1, ReceiptState.Sent, "SM1"),
        "recording" => new RecordingChanged(new(RecordingStepKind.Paused, Noon)),
        "a-second" => new TimePassed(Noon.AddSeconds(1), Limits),
        "a-minute" => new TimePassed(Noon.AddMinutes(1), Limits),
        "five-minutes" => new TimePassed(Noon.AddMinutes(5), Limits),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such event in the table"),
    };
}
