using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using static AgentPay.Web.Payments.PaymentEvent;
using static AgentPay.Web.Tests.Payments.APayment;

namespace AgentPay.Web.Tests.Payments;

/// <summary>The agents of a payment and the times of each change, in its document and its history record.</summary>
public sealed class AgentChangeTests
{
    private const string Sam = "sam@contoso.test";
    private const string Kim = "kim@contoso.test";

    private static readonly string Starter = Ready().Agent;

    [Fact]
    public void Moves_AreRecordedWithKindNamesAndTime()
    {
        var session = Ready().Apply(new TakenOver(Noon, Sam, 2)).Apply(new HandedOver(Noon.AddSeconds(5), Kim, 3));

        session.Agent.ShouldBe(Kim);
        session.AgentChanges.ShouldBe(
            [new(AgentChangeKind.TakenOver, Starter, Sam, Noon), new(AgentChangeKind.HandedOver, Sam, Kim, Noon.AddSeconds(5))]);
        AgentChange.StarterOf(session.Agent, session.AgentChanges).ShouldBe(Starter);
        foreach (var agent in (string[])[Starter, Sam, Kim]) session.WasHeldBy(agent).ShouldBeTrue();
        HistoryRecord.Of(session).AgentChanges.ShouldBe(session.AgentChanges);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Move_OfAnOlderClaimThanThePaymentHasFollowed_ChangesNothing(int claim, bool moves)
    {
        var session = Ready().Apply(new TakenOver(Noon, Sam, 2));

        session.Apply(new HandedOver(Noon, Kim, claim)).Agent.ShouldBe(moves ? Kim : Sam);
        session.Apply(new TakenOver(Noon, Kim, claim)).Agent.ShouldBe(moves ? Kim : Sam);
    }

    [Fact]
    public void Move_ToTheAgentWhoHasThePayment_ChangesNothing()
    {
        var session = Ready();

        session.Apply(new TakenOver(Noon, session.Agent, 5)).ShouldBeSameAs(session);
    }

    [Fact]
    public void Document_NamesEveryStep() =>
        JsonSerializer.Serialize(Ready().Apply(new TakenOver(Noon, Sam, 2)), SyncJson.Options)
            .ShouldContain($$"""
                "agentChanges":[{"kind":"taken-over","from":"{{Starter}}","to":"sam@contoso.test","at":"2026-11-22T12:00:00+00:00"}],"claimNumber":2
                """.Trim());

    [Fact]
    public void Document_OfAPaymentThatNeverMoved_IsNoLarger() =>
        JsonSerializer.Serialize(Ready(), SyncJson.Options).ShouldNotContain("agentChanges");
}
