using System.Globalization;
using AgentPay.Web.Calls;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Components.Calls;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Calls;

public sealed class ClaimTests(CallsFixture fixture) : ClaimTest(fixture)
{
    [Fact]
    public async Task Claim_FreeCall_IsTheAgents()
    {
        var outcome = await There.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        outcome.ShouldBeOfType<ClaimOutcome.Claimed>().Call.ClaimedBy.ShouldBe(Alice);
        (await Map.GetAsync(Uui))["claimedBy"].ShouldBe(Alice);
    }

    [Fact]
    public async Task Claim_BeforeItIsAnswered_IsPublished()
    {
        await There.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        There.Get<LiveFeed<string, CallList>>().Latest(CallDirectory.ListKey)!.All.Single().ClaimedBy.ShouldBe(Alice);
    }

    [Fact]
    public async Task Claim_OwnCall_IsTheAgentsStill()
    {
        await Here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        (await There.Directory.ClaimAsync(Uui, Agents.Agent("Alice@Example.com"), takeOver: false, default))
            .ShouldBeOfType<ClaimOutcome.Claimed>();
    }

    [Fact]
    public async Task Claim_AnothersCall_IsRefused()
    {
        await Here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        (await There.Directory.ClaimAsync(Uui, Agents.Agent(Bob), takeOver: false, default))
            .ShouldBeOfType<ClaimOutcome.HeldByAnother>().Call.ClaimedBy.ShouldBe(Alice);
    }

    [Fact]
    public async Task Claim_ByWhoeverTakesNoPayments_ChangesNothing()
    {
        await Should.ThrowAsync<UnauthorizedAccessException>(() =>
            There.Directory.ClaimAsync(Uui, Agents.Admin(Bob), takeOver: true, default));
        await Should.ThrowAsync<UnauthorizedAccessException>(() =>
            There.Directory.ClaimAsync(Uui, Agents.With(Bob), takeOver: false, default));

        (await Map.GetAsync(Uui))["claimedBy"].ShouldBeNull();
    }

    [Fact]
    public async Task Claim_ManyAgentsAtOnce_OneGetsIt()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(n =>
            (n % 2 == 0 ? Here : There).Directory.ClaimAsync(Uui, Agents.Agent($"agent{n}@example.com"), takeOver: false, default)));

        var winner = claims.OfType<ClaimOutcome.Claimed>().Single().Call.ClaimedBy;
        claims.OfType<ClaimOutcome.HeldByAnother>().ShouldAllBe(refused => refused.Call.ClaimedBy == winner);
        (await Map.GetAsync(Uui))["claimedBy"].ShouldBe(winner);
    }

    [Fact]
    public async Task Claim_ThenTheCallGoesOnElsewhere_StaysClaimed()
    {
        await There.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        await Here.PostAsync("/callStatus", Forms.PbxLeg(Pbx, Customer, "in-progress"));

        var item = await Map.GetAsync(Uui);
        (item["claimedBy"], item["status"]).ShouldBe((Alice, "in-progress"));
    }

    [Fact]
    public async Task Claim_UnknownCall_IsNoSuchCall() =>
        (await Here.Directory.ClaimAsync("nobody", Agents.Supervisor(Alice), takeOver: true, default))
            .ShouldBeOfType<ClaimOutcome.NoSuchCall>();

    [Fact]
    public async Task Claim_CallThatSyncHasNotTakenYet_IsStoredWithTheCall()
    {
        var late = ACall.Inbound();
        await AcceptWhileSyncIsDownAsync(late.Uui, late);

        var outcome = await Here.Directory.ClaimAsync(late.Uui, Agents.Agent(Alice), takeOver: false, default);

        outcome.ShouldBeOfType<ClaimOutcome.Claimed>();
        var item = await Map.GetAsync(late.Uui);
        (item["claimedBy"], item["pstnSid"]).ShouldBe((Alice, late.PstnSid.ToString()));
    }

    /// <summary>While its webhook is under way the call is known here, and Sync may have it or not.</summary>
    [Fact]
    public async Task Claim_WhileTheCallArrives_IsNeverNoSuchCall()
    {
        for (var n = 0; n < 20; n++)
        {
            Here.Clock.Advance(TimeSpan.FromSeconds(1));
            Fixture.Sandbox.Clock.Advance(TimeSpan.FromSeconds(10));
            var customer = CallsFixture.NewCall();
            var arriving = Here.PostAsync("/inboundHandler", Forms.CallsIn(customer));
            await Here.NextListAsync(list => list.All.Any(call => call.PstnSid == customer));

            var claims = new List<ClaimOutcome>();
            while (claims is not [.., ClaimOutcome.Claimed])
                claims.Add(await Here.Directory.ClaimAsync(customer.ToString(), Agents.Agent(Alice), takeOver: false, default));

            await arriving;
            claims.SkipLast(1).ShouldAllBe(outcome => outcome is ClaimOutcome.Unavailable);
        }
    }

    /// <summary>The PBX may use a UUI for one call after another: what Sync says of the last is not true of the next.</summary>
    [Fact]
    public async Task Claim_NextCallOfAUuiThatSyncHasNotTakenYet_ClaimsTheNextCall()
    {
        await Here.PostAsync("/callStatus", Forms.PbxLeg(Pbx, Customer, "completed"));
        var next = ACall.Inbound() with { Uui = Uui };
        await AcceptWhileSyncIsDownAsync(Uui, next);

        var outcome = await Here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        outcome.ShouldBeOfType<ClaimOutcome.Claimed>().Call.PstnSid.ShouldBe(next.PstnSid);
        (await Map.GetAsync(Uui))["claimedBy"].ShouldBe(Alice);
    }

    [Fact]
    public async Task Claim_EndedCall_IsNoSuchCall()
    {
        await Here.PostAsync("/callStatus", Forms.PbxLeg(Pbx, Customer, "completed"));

        (await There.Directory.ClaimAsync(Uui, Agents.Supervisor(Alice), takeOver: true, default))
            .ShouldBeOfType<ClaimOutcome.NoSuchCall>();
    }

    [Fact]
    public async Task Claim_SyncDown_IsUnavailable()
    {
        await Fixture.SetSyncDownAsync(true);

        var outcome = await There.Clock.UntilAsync(There.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default));

        await Fixture.SetSyncDownAsync(false);
        outcome.ShouldBeOfType<ClaimOutcome.Unavailable>();
    }

    /// <summary>A call that is known here, and that is stored when the outbox tries again.</summary>
    private async Task AcceptWhileSyncIsDownAsync(string uui, Web.Calls.Call call)
    {
        await Fixture.SetSyncDownAsync(true);
        var accepted = Here.Get<CallStore>().Accept(uui, _ => call);
        (await Here.Clock.UntilAsync(accepted.Tried)).ShouldBeFalse();
        await Fixture.SetSyncDownAsync(false);
    }
}
