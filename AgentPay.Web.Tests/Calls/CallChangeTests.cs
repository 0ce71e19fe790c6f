using AgentPay.Web.Calls;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Calls;

/// <summary>The same reports, in any order and repeated, result in the same record.</summary>
public sealed class CallChangeTests
{
    private static readonly CallSid Customer = CallSid.Parse("CA00000000000000000000000000000001");
    private static readonly CallSid Pbx = CallSid.Parse("CA00000000000000000000000000000002");
    private static readonly DateTimeOffset Nine = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Inbound_AnyOrderAndRepeats_EndsTheSame()
    {
        CallChange[] reports =
        [
            CallChanges.OfCustomer(Report(Customer, CallStatus.Ringing)), Agent(CallStatus.Queued), Agent(CallStatus.Ringing),
            Agent(CallStatus.InProgress), Agent(CallStatus.Completed),
        ];

        foreach (var order in Orders(reports))
        {
            var call = order.Concat(order).Aggregate((Web.Calls.Call?)null, (known, report) => report(known));
            (call!.Status, call.SipSid, call.PstnSid, call.From, call.Direction)
                .ShouldBe((CallStatus.Completed, Pbx, Customer, Forms.Customer, CallDirection.Inbound));
        }
    }

    [Fact]
    public void Outbound_AnyOrderAndRepeats_LeadsToTheLegThatIsThere()
    {
        var second = CallSid.Parse("CA00000000000000000000000000000003");
        CallChange[] reports =
        [
            Dialled(Customer, CallStatus.InProgress, 1), Dialled(Customer, CallStatus.Completed, 5),
            Dialled(second, CallStatus.InProgress, 9), Dialled(second, CallStatus.Busy, 8),
        ];

        foreach (var order in Orders(reports))
        {
            var call = order.Concat(order).Aggregate((Web.Calls.Call?)null, (known, report) => report(known));
            (call!.PstnSid == second || (call.HasEnded && call.Others.Contains(second.ToString()))).ShouldBeTrue();
        }
    }

    [Fact]
    public void OfDialled_WhileTheCustomerIsThere_LeavesTheCallTheirs()
    {
        var inbound = Agent(CallStatus.InProgress)(CallChanges.OfCustomer(Report(Customer, CallStatus.InProgress))(null))!;
        var consulted = CallSid.Parse("CA00000000000000000000000000000003");

        var call = Dialled(consulted, CallStatus.InProgress, 9)(inbound)!;

        (call with { OtherLegs = null }).ShouldBe(inbound);
        call.Others.ShouldBe([consulted.ToString()]);
        Dialled(consulted, CallStatus.Completed, 12)(call).ShouldBe(call);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    public void OfDialled_AfterTheEndOfTheFirstLeg_TakesItsPlace(int second)
    {
        var ended = Dialled(Customer, CallStatus.Completed, 5)(Dialled(Customer, CallStatus.InProgress, 1)(null));
        var next = CallSid.Parse("CA00000000000000000000000000000003");

        var call = Dialled(next, CallStatus.InProgress, second)(ended)!;

        (call.PstnSid, call.Status).ShouldBe((next, CallStatus.InProgress));
        Dialled(Customer, CallStatus.Completed, 5)(call)!.PstnSid.ShouldBe(next);
    }

    [Fact]
    public void OfDialled_ManyLegs_KeepsTheLatest()
    {
        var legs = Enumerable.Range(10, 20).Select(i => CallSid.Parse($"CA{i:D32}")).ToList();

        var call = legs.Aggregate(Dialled(Customer, CallStatus.InProgress, 1)(null), (known, leg) =>
            Dialled(leg, CallStatus.InProgress, 2)(known))!;

        call.Others.ShouldBe(legs.AsEnumerable().Reverse().Take(8).Select(leg => leg.ToString()));
    }

    [Fact]
    public void OfAgent_AnEarlierLegEnds_DoesNotEndTheCall()
    {
        var first = CallSid.Parse("CA00000000000000000000000000000004");
        var call = Agent(CallStatus.InProgress)(CallChanges.OfAgent(Customer, Report(first, CallStatus.Ringing))(null));

        var after = CallChanges.OfAgent(Customer, Report(first, CallStatus.NoAnswer))(call);

        after.ShouldBe(call);
    }

    [Fact]
    public void OfEnd_OfACallThatIsNotKnown_IsNothing() => CallChanges.OfEnd(Report(Pbx, CallStatus.Completed))(null).ShouldBeNull();

    private static CallChange Agent(CallStatus status) => CallChanges.OfAgent(Customer, Report(Pbx, status));

    private static CallChange Dialled(CallSid leg, CallStatus status, int second) =>
        CallChanges.OfDialled("u", Report(leg, status) with { Parent = Pbx, At = Nine.AddSeconds(second) });

    private static LegReport Report(CallSid leg, CallStatus status) =>
        new() { Leg = leg, Status = status, From = Forms.Customer, To = "sip:+61280000456@x", At = Nine };

    private static IEnumerable<CallChange[]> Orders(CallChange[] reports) => reports.Length == 1
        ? [reports]
        : reports.SelectMany((report, at) => Orders([.. reports[..at], .. reports[(at + 1)..]])
            .Select(rest => (CallChange[])[report, .. rest]));
}
