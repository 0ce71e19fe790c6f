using AgentPay.Web.Calls;
using AgentPay.Web.Handover;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Components.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Handover;

/// <summary>A call and the payment on it change hands together, also when Sync fails between the two.</summary>
public sealed class CallHandoverTests(PanelDesk desk) : IClassFixture<PanelDesk>, IDisposable
{
    private static readonly CurrentUser Amara = Agents.Agent("amara@agentpay.example");
    private static readonly CurrentUser Ben = Agents.Agent("ben@agentpay.example");
    private static readonly CurrentUser Priya = Agents.Supervisor("priya@agentpay.example");
    private static readonly Colleague ToBen = new(Ben.PrincipalName, "Ben Novak");

    private readonly CallHandover _handover = desk.Host.Service<CallHandover>();

    private CallDirectory Directory => desk.Host.Service<CallDirectory>();

    public void Dispose() => desk.Host.Edge.Answer = _ => null;

    [Fact]
    public async Task TakeOver_ByASupervisor_MovesTheCallAndThePayment()
    {
        var (call, payment) = await ClaimedAsync(APayment.Ready());
        var now = desk.Lab.Clock.GetUtcNow();

        var result = await _handover.TakeOverAsync(Priya, call, default);

        result.IsHalf.ShouldBeFalse();
        (await HolderAsync(call)).ShouldBe(Priya.PrincipalName);
        var moved = Known(payment);
        moved.Agent.ShouldBe(Priya.PrincipalName);
        moved.AgentChanges.ShouldBe([new(AgentChangeKind.TakenOver, Amara.PrincipalName, Priya.PrincipalName, now)]);
    }

    [Fact]
    public async Task TakeOver_WhenSyncFailsBeforeThePayment_IsCompletedByPressingAgain()
    {
        var (call, payment) = await ClaimedAsync(APayment.Ready());
        RefuseWritesOf(payment);

        (await _handover.TakeOverAsync(Priya, call, default)).IsHalf.ShouldBeTrue();

        (await HolderAsync(call)).ShouldBe(Priya.PrincipalName);
        desk.Host.Edge.Answer = _ => null;
        (await desk.Host.Desk.ReadAsync(Priya, payment.Id, default)).ShouldBeOfType<DeskAnswer.Done>().Payment.Agent
            .ShouldBe(Amara.PrincipalName);

        (await _handover.TakeOverAsync(Priya, call, default)).IsHalf.ShouldBeFalse();

        Known(payment).Agent.ShouldBe(Priya.PrincipalName);
    }

    [Fact]
    public async Task TakeOver_WhenSyncFailsBeforeTheCall_ChangesNothing()
    {
        var (call, payment) = await ClaimedAsync(APayment.Ready());
        RefuseWrites("/Maps/uuiMap/Items/");

        (await _handover.TakeOverAsync(Priya, call, default)).Claim.ShouldBeOfType<ClaimOutcome.Unavailable>();

        desk.Host.Edge.Answer = _ => null;
        (await HolderAsync(call)).ShouldBe(Amara.PrincipalName);
        Known(payment).Agent.ShouldBe(Amara.PrincipalName);
    }

    [Fact]
    public async Task TakeOver_ByAnAgent_IsRefusedAndLeavesThePayment()
    {
        var (call, payment) = await ClaimedAsync(APayment.Ready());

        (await _handover.TakeOverAsync(Ben, call, default)).Claim.ShouldBeOfType<ClaimOutcome.HeldByAnother>();

        (await HolderAsync(call)).ShouldBe(Amara.PrincipalName);
        Known(payment).Agent.ShouldBe(Amara.PrincipalName);
    }

    [Fact]
    public async Task TakeOver_ByAnAgentOfAnUnclaimedCall_LeavesThePaymentThatAnotherStarted()
    {
        var (call, payment) = await ClaimedAsync(APayment.Ready());
        (await Directory.ReleaseAsync(call.Uui, Amara, default)).ShouldBeOfType<ClaimOutcome.Released>();

        (await _handover.TakeOverAsync(Ben, call, default)).Claim.ShouldBeOfType<ClaimOutcome.Claimed>();

        Known(payment).Agent.ShouldBe(Amara.PrincipalName);
    }

    [Fact]
    public async Task TakeOver_OfACallThatAgentPayDoesNotKnow_MovesThePaymentAlone()
    {
        var payment = await desk.KeepAsync(APayment.Ready(), Amara.PrincipalName);

        var result = await _handover.TakeOverAsync(Priya, CallOf(payment), default);

        result.Claim.ShouldBeOfType<ClaimOutcome.NoSuchCall>();
        Known(payment).Agent.ShouldBe(Priya.PrincipalName);
    }

    [Fact]
    public async Task HandOver_ToAColleague_MovesTheCallAndThePayment()
    {
        var (call, payment) = await ClaimedAsync(APayment.Capturing());
        var now = desk.Lab.Clock.GetUtcNow();

        var result = await _handover.HandOverAsync(Amara, call, ToBen, default);

        result.Claim.ShouldBeOfType<ClaimOutcome.HandedOver>();
        result.IsHalf.ShouldBeFalse();
        (await HolderAsync(call)).ShouldBe(Ben.PrincipalName);
        Known(payment).AgentChanges.ShouldBe([new(AgentChangeKind.HandedOver, Amara.PrincipalName, Ben.PrincipalName, now)]);
        (await desk.Host.Desk.CancelAsync(Amara.PrincipalName, payment.Id, default)).ShouldBe(DeskAnswer.NotYours);
        (await desk.Host.Desk.ReadAsync(Amara, payment.Id, default)).ShouldBeOfType<DeskAnswer.Done>();
    }

    [Fact]
    public async Task HandOver_WhenSyncFailsBeforeThePayment_IsCompletedByTheColleague()
    {
        var (call, payment) = await ClaimedAsync(APayment.Ready());
        RefuseWritesOf(payment);
        (await _handover.HandOverAsync(Amara, call, ToBen, default)).IsHalf.ShouldBeTrue();
        desk.Host.Edge.Answer = _ => null;

        (await _handover.TakeOverAsync(Ben, call, default)).IsHalf.ShouldBeFalse();

        var moved = Known(payment);
        (moved.Agent, moved.AgentChanges!.Single().Kind).ShouldBe((Ben.PrincipalName, AgentChangeKind.HandedOver));
    }

    [Fact]
    public async Task TakeOver_OfATransferredCall_MovesTheCallAndThePaymentToTheFirstAgentWhoTakesIt()
    {
        var (call, payment) = await ClaimedAsync(APayment.Capturing());
        var now = desk.Lab.Clock.GetUtcNow();
        await TransferredAsync(call);

        var result = await _handover.TakeOverAsync(Ben, call, default);

        (result.Claim.ShouldBeOfType<ClaimOutcome.Claimed>().Call.HandedOverBy, result.IsHalf).ShouldBe((Amara.PrincipalName, false));
        var moved = Known(payment);
        (moved.Agent, moved.Phase).ShouldBe((Ben.PrincipalName, PaymentPhase.Capturing));
        moved.AgentChanges.ShouldBe([new(AgentChangeKind.HandedOver, Amara.PrincipalName, Ben.PrincipalName, now, IsTransfer: true)]);
        (await _handover.TakeOverAsync(Agents.Agent("kim@agentpay.example"), call, default)).Claim
            .ShouldBeOfType<ClaimOutcome.HeldByAnother>();
    }

    [Fact]
    public async Task TakeOver_OfATransferredCallWhenSyncFailsBeforeThePayment_IsCompletedByPressingAgain()
    {
        var (call, payment) = await ClaimedAsync(APayment.Ready());
        await TransferredAsync(call);
        RefuseWritesOf(payment);
        (await _handover.TakeOverAsync(Ben, call, default)).IsHalf.ShouldBeTrue();
        desk.Host.Edge.Answer = _ => null;

        (await _handover.TakeOverAsync(Ben, call, default)).IsHalf.ShouldBeFalse();

        var moved = Known(payment);
        (moved.Agent, moved.AgentChanges!.Single().IsTransfer).ShouldBe((Ben.PrincipalName, true));
    }

    [Fact]
    public async Task HandOver_BySomebodyWhoDoesNotHaveTheCall_IsRefused()
    {
        var (call, payment) = await ClaimedAsync(APayment.Ready());

        (await _handover.HandOverAsync(Ben, call, ToBen, default)).Claim.ShouldBeOfType<ClaimOutcome.HeldByAnother>();

        Known(payment).Agent.ShouldBe(Amara.PrincipalName);
    }

    [Theory]
    [InlineData(PaymentPhase.Capturing, false)]
    [InlineData(PaymentPhase.Ready, false)]
    [InlineData(PaymentPhase.Submitting, false)]
    [InlineData(PaymentPhase.Succeeded, true)]
    [InlineData(PaymentPhase.Unknown, true)]
    public async Task Release_IsRefusedWhileTheAgentsPaymentRuns(PaymentPhase phase, bool isReleased)
    {
        var (call, _) = await ClaimedAsync(APayment.In(phase));

        var result = await _handover.ReleaseAsync(Amara, call, default);

        if (isReleased) result.Claim.ShouldBeOfType<ClaimOutcome.Released>();
        else result.Claim.ShouldBeOfType<ClaimOutcome.PaymentRuns>();
        (await HolderAsync(call)).ShouldBe(isReleased ? null : Amara.PrincipalName);
    }

    [Fact]
    public async Task Release_WhileAnotherAgentsPaymentRuns_IsDone()
    {
        var payment = await desk.KeepAsync(APayment.Ready(), Amara.PrincipalName);
        var call = await RecordAsync(payment.Call);
        await Directory.ClaimAsync(call.Uui, Ben, takeOver: false, default);

        (await _handover.ReleaseAsync(Ben, call with { ClaimedBy = Ben.PrincipalName }, default)).Claim
            .ShouldBeOfType<ClaimOutcome.Released>();
    }

    /// <summary>A call of Amara's with a payment of hers.</summary>
    private async Task<(Call Call, PaymentSession Payment)> ClaimedAsync(PaymentSession session)
    {
        var payment = await desk.KeepAsync(session, Amara.PrincipalName);
        var call = await RecordAsync(payment.Call);
        return ((await Directory.ClaimAsync(call.Uui, Amara, takeOver: false, default))
            .ShouldBeOfType<ClaimOutcome.Claimed>().Call, payment);
    }

    private async Task TransferredAsync(Call call)
    {
        var transfer = new CallTransfer("1002", TransferState.Answered, desk.Lab.Clock.GetUtcNow(), call.ClaimNumber);
        (await Directory.RecordAsync(call.Uui, known => known! with { Transfer = transfer }, TimeSpan.FromSeconds(10))).ShouldBeTrue();
    }

    private async Task<Call> RecordAsync(CallSid sid)
    {
        var call = new Call { Uui = sid.ToString(), PstnSid = sid, Status = CallStatus.InProgress };
        (await Directory.RecordAsync(call.Uui, known => known ?? call, TimeSpan.FromSeconds(10))).ShouldBeTrue();
        return call;
    }

    private static Call CallOf(PaymentSession payment) =>
        new() { Uui = payment.Call.ToString(), PstnSid = payment.Call, Status = CallStatus.InProgress };

    private async Task<string?> HolderAsync(Call call)
    {
        desk.Lab.Clock.Advance(TimeSpan.FromSeconds(10));
        return (await Directory.FindAsync(call.Uui, default))!.ClaimedBy;
    }

    private PaymentSession Known(PaymentSession payment) => desk.Host.Service<PaymentStore>().Known(payment.Id)!;

    private void RefuseWritesOf(PaymentSession payment) => RefuseWrites("/Documents/" + PaymentStore.NameOf(payment.Id));

    private void RefuseWrites(string path) => desk.Host.Edge.Answer = request =>
        request.Method == "POST" && request.Path.Value!.Contains(path, StringComparison.Ordinal)
            ? (403, """{"code":54007,"message":"refused by the test","status":403}""") : null;
}
