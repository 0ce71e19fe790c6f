using AgentPay.Web.Board;
using AgentPay.Web.Payments;
using static AgentPay.Web.Tests.Board.ABoardPayment;

namespace AgentPay.Web.Tests.Board;

public sealed class BoardTotalsTests
{
    [Fact]
    public void Totals_SeveralCurrencies_SumSucceededChargesByCurrency()
    {
        var totals = BoardTotals.Of(
        [
            Result(ResultKind.Succeeded, amount: 10), Result(ResultKind.Succeeded, amount: 2.50m, currency: "aud"),
            Result(ResultKind.Succeeded, amount: 7, currency: "USD"), Result(ResultKind.Failed, amount: 99),
            Result(ResultKind.Unknown, amount: 98), Result(ResultKind.Succeeded, amount: null),
        ], Now);

        totals.Currencies.ShouldBe([new("AUD", 12.50m, 2), new("USD", 7, 1)]);
    }

    [Fact]
    public void Totals_ByAgentAndProfile_CountEachResult()
    {
        var totals = BoardTotals.Of(
        [
            Result(ResultKind.Succeeded, "ben"), Result(ResultKind.Failed, "BEN"), Result(ResultKind.Unknown, "ben", "Donations"),
            Result(ResultKind.Cancelled, "ben"), Result(ResultKind.Succeeded, "amara"),
        ], Now);

        totals.Agents.ShouldBe([new("amara", 1, 0, 0, 0), new("ben", 1, 1, 1, 1)]);
        totals.Profiles.ShouldBe([new("Donations", 0, 0, 1, 0), new("Shop", 2, 1, 0, 1)]);
        totals.All.ShouldBe(new("", 2, 1, 1, 1));
        totals.All.Rate.ShouldBe(2 / 3d);
    }

    [Fact]
    public void Rate_CancelledPaymentsOnly_IsNone() => BoardTotals.Of([Result(ResultKind.Cancelled)], Now).All.Rate.ShouldBeNull();

    [Fact]
    public void Totals_PaymentsBeforeTheDay_DoNotCount()
    {
        var totals = BoardTotals.Of([Result(ResultKind.Succeeded, started: Now.AddTicks(-1)), Result(ResultKind.Succeeded, started: Now)],
            Now);

        totals.All.Succeeded.ShouldBe(1);
    }
}
