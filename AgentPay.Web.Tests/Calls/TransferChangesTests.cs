using AgentPay.Web.Calls;
using AgentPay.Web.PaymentTypes;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Tests.Calls;

/// <summary>A transfer keeps the call while agents' legs come and go, in any order of the callbacks and with repeats.</summary>
public sealed class TransferChangesTests
{
    private static readonly CallSid Customer = CallSid.Parse("CA00000000000000000000000000000001");
    private static readonly CallSid Former = CallSid.Parse("CA00000000000000000000000000000002");
    private static readonly CallSid Target = CallSid.Parse("CA00000000000000000000000000000003");
    private static readonly CallSid Third = CallSid.Parse("CA00000000000000000000000000000004");
    private static readonly DateTimeOffset Nine = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private static readonly CallChange Request = TransferChanges.Requested("1002", isAllowed: true, Nine);

    [Fact]
    public void Answered_InAnyOrderWithTheEndOfTheFormerLeg_LeavesTheCallToTheTarget()
    {
        CallChange[] reports = [TargetIs(CallStatus.Queued), TargetIs(CallStatus.Ringing), TargetIs(CallStatus.InProgress), FormerEnds];

        foreach (var order in Orders(reports))
        {
            var call = After([Request, .. order, Request, .. order]);
            (call.Status, call.SipSid, call.Transfer).ShouldBe(
                (CallStatus.InProgress, Target, new("1002", TransferState.Answered, Nine, 3) { Leg = Target }));
            TargetIs(CallStatus.Completed)(call)!.Status.ShouldBe(CallStatus.Completed);
        }
    }

    [Theory]
    [InlineData(CallStatus.Busy)]
    [InlineData(CallStatus.NoAnswer)]
    [InlineData(CallStatus.Failed)]
    [InlineData(CallStatus.Canceled)]
    public void NotAnswered_KeepsTheFormerLeg_WhoseEndThenEndsTheCall(CallStatus status)
    {
        var call = After(Request, TargetIs(CallStatus.Ringing), TargetIs(status), TargetIs(CallStatus.Ringing));

        (call.Status, call.SipSid, call.Transfer!.State).ShouldBe((CallStatus.InProgress, Former, TransferState.NotAnswered));
        FormerEnds(call)!.Status.ShouldBe(CallStatus.Completed);
    }

    [Fact]
    public void AnsweredAndEnded_WithTheAnswerLost_EndsTheCall() =>
        After(Request, TargetIs(CallStatus.Completed)).ShouldSatisfyAllConditions(
            call => call.Status.ShouldBe(CallStatus.Completed), call => call.SipSid.ShouldBe(Target));

    [Fact]
    public void Target_TransfersOn_LeavesTheCallToTheThird()
    {
        var call = After(
            Request, TargetIs(CallStatus.InProgress), FormerEnds, TransferChanges.Requested("1003", true, Nine.AddMinutes(1)),
            TargetIs(CallStatus.Completed), Is(Third, CallStatus.InProgress));

        (call.Status, call.SipSid, call.Transfer!.To).ShouldBe((CallStatus.InProgress, Third, "1003"));
    }

    [Fact]
    public void PbxAgain_AfterATransferThatNobodyAnswered_GetsTheCall()
    {
        var call = After(Request, FormerEnds, TargetIs(CallStatus.Busy), Is(Third, CallStatus.Queued), Is(Third, CallStatus.InProgress));

        (call.Status, call.SipSid, call.Transfer!.State).ShouldBe((CallStatus.InProgress, Third, TransferState.Answered));
    }

    [Fact]
    public void Refused_ChangesNothingElse()
    {
        var call = After(TransferChanges.Requested("+61280000001", isAllowed: false, Nine), FormerIs(CallStatus.InProgress));

        (call with { Transfer = null }).ShouldBe(Connected);
        call.Transfer.ShouldBe(new("+61280000001", TransferState.Refused, Nine, 3));
        FormerEnds(call)!.Status.ShouldBe(CallStatus.Completed);
    }

    [Fact]
    public void AnyWebhook_OfAnEndedOrUnknownCall_ChangesNothing()
    {
        var ended = Connected with { Status = CallStatus.Completed };

        Request(ended).ShouldBe(ended);
        TargetIs(CallStatus.InProgress)(ended).ShouldBe(ended);
        Request(null).ShouldBeNull();
        TargetIs(CallStatus.InProgress)(null).ShouldBeNull();
    }

    [Fact]
    public void Outbound_EndOfThePbxsLeg_EndsTheCallOnlyWithoutATransfer()
    {
        var end = CallChanges.OfEnd(Report(Former, CallStatus.Completed));

        end(Connected)!.Status.ShouldBe(CallStatus.Completed);
        end(After(Request))!.Status.ShouldBe(CallStatus.InProgress);
        end(After(Request, TargetIs(CallStatus.InProgress)))!.Status.ShouldBe(CallStatus.InProgress);
        CallChanges.OfEnd(Report(Customer, CallStatus.Completed))(After(Request))!.Status.ShouldBe(CallStatus.Completed);
    }

    [Theory]
    [InlineData(TransferState.Answered, 3, true)]
    [InlineData(TransferState.Answered, 4, false)]
    [InlineData(TransferState.Ringing, 3, false)]
    [InlineData(TransferState.NotAnswered, 3, false)]
    [InlineData(TransferState.Refused, 3, false)]
    public void IsOffered_OnlyAfterAnAnswerAndUntilTheClaimChanges(TransferState state, int claimNumber, bool isOffered) =>
        (Connected with { Transfer = new("1002", state, Nine, 3), ClaimNumber = claimNumber }).IsOffered.ShouldBe(isOffered);

    private static Call Connected { get; } = new()
    {
        Uui = "u",
        PstnSid = Customer,
        SipSid = Former,
        From = Forms.Customer,
        To = Forms.Merchant,
        Direction = CallDirection.Inbound,
        Status = CallStatus.InProgress,
        At = Nine,
        ClaimedBy = "amara@agentpay.example",
        ClaimNumber = 3,
    };

    private static Call After(params CallChange[] changes) => changes.Aggregate((Call?)Connected, (call, change) => change(call))!;

    private static CallChange FormerEnds => FormerIs(CallStatus.Completed);

    private static CallChange FormerIs(CallStatus status) => CallChanges.OfAgent(Customer, Report(Former, status));

    private static CallChange TargetIs(CallStatus status) => Is(Target, status);

    private static CallChange Is(CallSid leg, CallStatus status) => TransferChanges.OfTarget(Report(leg, status));

    private static LegReport Report(CallSid leg, CallStatus status) => new() { Leg = leg, Status = status, At = Nine };

    private static IEnumerable<CallChange[]> Orders(CallChange[] reports) => reports.Length == 1
        ? [reports]
        : reports.SelectMany((report, at) => Orders([.. reports[..at], .. reports[(at + 1)..]])
            .Select(rest => (CallChange[])[report, .. rest]));
}
