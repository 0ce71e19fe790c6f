using AgentPay.Web.Board;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Payments;

namespace AgentPay.Web.Tests.Board;

/// <summary>Payments as the board shows them, in progress unless a result is given.</summary>
internal static class ABoardPayment
{
    public static readonly DateTimeOffset Now = APayment.Noon;

    public static BoardPayment In(
        PaymentPhase phase, double seconds = 1, CallSid? call = null, string agent = "ben@agentpay.example", DateTimeOffset? started =
            null) => new(
            PaymentId.New(Now), agent, call ?? CallsFixture.NewCall(), 42.50m, "AUD", "Shop", "INV-1", phase, Now.AddSeconds(-seconds),
            started ?? Now.AddMinutes(-2));

    public static BoardPayment Over(ResultKind kind, CallSid? call = null, DateTimeOffset? started = null) =>
        In(PaymentPhase.Failed, call: call, started: started) with { Result = kind, Label = ResultKinds.LabelOf(kind) };

    public static BoardResult Result(
        ResultKind kind, string agent = "ben@agentpay.example", string profile = "Shop", decimal? amount = 10, string currency = "AUD",
        DateTimeOffset? started = null) => new(PaymentId.New(Now), agent, profile, currency, amount, kind, started ?? Now);
}
