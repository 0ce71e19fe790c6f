using System.Globalization;
using AgentPay.Web.Calls;
using AgentPay.Web.Tests.Components.Calls;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Calls;

public sealed class ClaimTests(CallsFixture fixture) : IClassFixture<CallsFixture>, IAsyncLifetime
{
    private const string Alice = "alice@example.com";
    private const string Bob = "bob@example.com";

    private readonly CallSid _customer = CallsFixture.NewCall();
    private readonly CallSid _pbx = CallsFixture.NewCall();
    private CallsApp _here = null!;
    private CallsApp _there = null!;
    private UuiMap _map = null!;

    private string Uui => _customer.ToString();

    public async Task InitializeAsync()
    {
        (_here, _map) = await fixture.StartAsync();
        _there = await CallsApp.StartAsync(fixture.Sandbox, _map.Service);
        await _here.PostAsync("/inboundHandler", Forms.CallsIn(_customer));
    }

    public async Task DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public async Task Claim_FreeCall_IsTheAgents()
    {
        var outcome = await _there.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        outcome.ShouldBeOfType<ClaimOutcome.Claimed>().Call.ClaimedBy.ShouldBe(Alice);
        (await _map.GetAsync(Uui))["claimedBy"].ShouldBe(Alice);
    }

    [Fact]
    public async Task Claim_TakenOver_StoresTheNameOfTheNewAgent()
    {
        await _here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        await _there.Directory.ClaimAsync(Uui, Agents.Supervisor(Bob) with { Name = "Bob Builder" }, takeOver: true, default);

        var item = await _map.GetAsync(Uui);
        (item["claimedBy"], item["claimedByName"]).ShouldBe((Bob, "Bob Builder"));
    }

    [Fact]
    public async Task Claim_OwnCall_IsTheAgentsStill()
    {
        await _here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        (await _there.Directory.ClaimAsync(Uui, Agents.Agent("Alice@Example.com"), takeOver: false, default)).ShouldBeOfType<ClaimOutcome.Claimed>();
    }

    [Fact]
    public async Task Claim_AnothersCall_IsRefused()
    {
        await _here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        (await _there.Directory.ClaimAsync(Uui, Agents.Agent(Bob), takeOver: false, default)).ShouldBeOfType<ClaimOutcome.HeldByAnother>().Call.ClaimedBy.ShouldBe(Alice);
    }

    [Fact]
    public async Task Claim_AnothersCallTakenOverByAnAgent_IsRefused()
    {
        await _here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        (await _there.Directory.ClaimAsync(Uui, Agents.Agent(Bob), takeOver: true, default)).ShouldBeOfType<ClaimOutcome.HeldByAnother>().Call.ClaimedBy.ShouldBe(Alice);
    }

    [Fact]
    public async Task Claim_ByWhoeverTakesNoPayments_ChangesNothing()
    {
        await Should.ThrowAsync<UnauthorizedAccessException>(() => _there.Directory.ClaimAsync(Uui, Agents.Admin(Bob), takeOver: true, default));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => _there.Directory.ClaimAsync(Uui, Agents.With(Bob), takeOver: false, default));

        (await _map.GetAsync(Uui))["claimedBy"].ShouldBeNull();
    }

    [Fact]
    public async Task Claim_AnothersCallTakenOver_IsTheSupervisors()
    {
        await _here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        (await _there.Directory.ClaimAsync(Uui, Agents.Supervisor(Bob), takeOver: true, default)).ShouldBeOfType<ClaimOutcome.Claimed>();

        (await _map.GetAsync(Uui))["claimedBy"].ShouldBe(Bob);
    }

    [Fact]
    public async Task Claim_ManyAgentsAtOnce_OneGetsIt()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(n =>
            (n % 2 == 0 ? _here : _there).Directory.ClaimAsync(Uui, Agents.Agent($"agent{n}@example.com"), takeOver: false, default)));

        var winner = claims.OfType<ClaimOutcome.Claimed>().Single().Call.ClaimedBy;
        claims.OfType<ClaimOutcome.HeldByAnother>().ShouldAllBe(refused => refused.Call.ClaimedBy == winner);
        (await _map.GetAsync(Uui))["claimedBy"].ShouldBe(winner);
    }

    [Fact]
    public async Task Claim_TwoSupervisorsTakeOverAtOnce_OneGetsIt()
    {
        await _here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(n =>
            (n % 2 == 0 ? _here : _there).Directory.ClaimAsync(Uui, Agents.Supervisor($"supervisor{n}@example.com"), takeOver: true, default)));

        // Whoever reads the call after the first take-over takes it over from the winner, as somebody who presses later does.
        var item = await _map.GetAsync(Uui);
        claims.OfType<ClaimOutcome.Claimed>().Max(claimed => claimed.Call.ClaimNumber).ToString(CultureInfo.InvariantCulture).ShouldBe(item["claimNumber"]);
        claims.OfType<ClaimOutcome.Claimed>().Select(claimed => claimed.Call.ClaimNumber).ShouldBeUnique();
        claims.OfType<ClaimOutcome.HeldByAnother>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Release_ByItsAgent_LeavesTheCallToTheNext()
    {
        await _here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        (await _there.Directory.ReleaseAsync(Uui, Agents.Agent(Alice), default)).ShouldBeOfType<ClaimOutcome.Released>();

        (await _map.GetAsync(Uui))["claimedBy"].ShouldBeNull();
        (await _here.Directory.ClaimAsync(Uui, Agents.Agent(Bob), takeOver: false, default)).ShouldBeOfType<ClaimOutcome.Claimed>();
    }

    [Fact]
    public async Task HandOver_ByItsAgent_IsTheColleaguesAndSaysFromWhom()
    {
        await _here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        var outcome = await _there.Directory.HandOverAsync(Uui, Agents.Agent(Alice) with { Name = "Alice Adams" }, new(Bob, "Bob Builder"), default);

        outcome.ShouldBeOfType<ClaimOutcome.HandedOver>().Call.ClaimNumber.ShouldBe(2);
        var item = await _map.GetAsync(Uui);
        (item["claimedBy"], item["claimedByName"], item["handedOverBy"], item["handedOverByName"]).ShouldBe((Bob, "Bob Builder", Alice, "Alice Adams"));
    }

    [Fact]
    public async Task ReleaseAndHandOver_BySomebodyElse_AreRefused()
    {
        await _here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        // A supervisor takes the call over first, so that the agent is told.
        foreach (var stranger in new[] { Agents.Agent(Bob), Agents.Supervisor(Bob) })
        {
            (await _here.Directory.ReleaseAsync(Uui, stranger, default)).ShouldBeOfType<ClaimOutcome.HeldByAnother>();
            (await _here.Directory.HandOverAsync(Uui, stranger, new(Bob, "Bob"), default)).ShouldBeOfType<ClaimOutcome.HeldByAnother>();
        }
        await Should.ThrowAsync<UnauthorizedAccessException>(() => _here.Directory.ReleaseAsync(Uui, Agents.Admin(Alice), default));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => _here.Directory.HandOverAsync(Uui, Agents.With(Alice), new(Bob, "Bob"), default));

        (await _map.GetAsync(Uui))["claimedBy"].ShouldBe(Alice);
    }

    [Fact]
    public async Task HandOver_WhileASupervisorTakesOver_OnlyOneWins()
    {
        for (var n = 0; n < 10; n++)
        {
            var customer = CallsFixture.NewCall();
            await _here.PostAsync("/inboundHandler", Forms.CallsIn(customer));
            var uui = customer.ToString();
            var claimed = (ClaimOutcome.Claimed)await _here.Directory.ClaimAsync(uui, Agents.Agent(Alice), takeOver: false, default);

            var taken = _there.Directory.ClaimAsync(uui, Agents.Supervisor("priya@example.com"), takeOver: true, default);
            var given = _here.Directory.HandOverAsync(uui, Agents.Agent(Alice), new(Bob, "Bob"), default);
            var (isTaken, isGiven) = (await taken is ClaimOutcome.Claimed, await given is ClaimOutcome.HandedOver);

            var item = await _map.GetAsync(uui);
            // Both succeed only one after the other, and then the later has it.
            (isTaken || isGiven).ShouldBeTrue();
            item["claimNumber"].ShouldBe((claimed.Call.ClaimNumber + (isTaken ? 1 : 0) + (isGiven ? 1 : 0)).ToString(CultureInfo.InvariantCulture));
            item["claimedBy"].ShouldBe(isTaken ? "priya@example.com" : Bob);
        }
    }

    [Fact]
    public async Task Claim_ThenTheCallGoesOnElsewhere_StaysClaimed()
    {
        await _there.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        await _here.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "in-progress"));

        var item = await _map.GetAsync(Uui);
        (item["claimedBy"], item["status"]).ShouldBe((Alice, "in-progress"));
    }

    [Fact]
    public async Task Claim_UnknownCall_IsNoSuchCall() =>
        (await _here.Directory.ClaimAsync("nobody", Agents.Supervisor(Alice), takeOver: true, default)).ShouldBeOfType<ClaimOutcome.NoSuchCall>();

    [Fact]
    public async Task Claim_CallThatSyncHasNotTakenYet_IsStoredWithTheCall()
    {
        var late = ACall.Inbound();
        await AcceptWhileSyncIsDownAsync(late.Uui, late);

        var outcome = await _here.Directory.ClaimAsync(late.Uui, Agents.Agent(Alice), takeOver: false, default);

        outcome.ShouldBeOfType<ClaimOutcome.Claimed>();
        var item = await _map.GetAsync(late.Uui);
        (item["claimedBy"], item["pstnSid"]).ShouldBe((Alice, late.PstnSid.ToString()));
    }

    /// <summary>While its webhook is under way the call is known here, and Sync may have it or not.</summary>
    [Fact]
    public async Task Claim_WhileTheCallArrives_IsNeverNoSuchCall()
    {
        for (var n = 0; n < 20; n++)
        {
            _here.Clock.Advance(TimeSpan.FromSeconds(1));
            fixture.Sandbox.Clock.Advance(TimeSpan.FromSeconds(10));
            var customer = CallsFixture.NewCall();
            var arriving = _here.PostAsync("/inboundHandler", Forms.CallsIn(customer));
            await _here.NextListAsync(list => list.All.Any(call => call.PstnSid == customer));

            var claims = new List<ClaimOutcome>();
            while (claims is not [.., ClaimOutcome.Claimed]) claims.Add(await _here.Directory.ClaimAsync(customer.ToString(), Agents.Agent(Alice), takeOver: false, default));

            await arriving;
            claims.SkipLast(1).ShouldAllBe(outcome => outcome is ClaimOutcome.Unavailable);
        }
    }

    /// <summary>The PBX may use a UUI for one call after another: what Sync says of the last is not true of the next.</summary>
    [Fact]
    public async Task Claim_NextCallOfAUuiThatSyncHasNotTakenYet_ClaimsTheNextCall()
    {
        await _here.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "completed"));
        var next = ACall.Inbound() with { Uui = Uui };
        await AcceptWhileSyncIsDownAsync(Uui, next);

        var outcome = await _here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        outcome.ShouldBeOfType<ClaimOutcome.Claimed>().Call.PstnSid.ShouldBe(next.PstnSid);
        (await _map.GetAsync(Uui))["claimedBy"].ShouldBe(Alice);
    }

    [Fact]
    public async Task Claim_EndedCall_IsNoSuchCall()
    {
        await _here.PostAsync("/callStatus", Forms.PbxLeg(_pbx, _customer, "completed"));

        (await _there.Directory.ClaimAsync(Uui, Agents.Supervisor(Alice), takeOver: true, default)).ShouldBeOfType<ClaimOutcome.NoSuchCall>();
    }

    [Fact]
    public async Task Claim_SyncDown_IsUnavailable()
    {
        await fixture.SetSyncDownAsync(true);

        var outcome = await _there.Clock.UntilAsync(_there.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default));

        await fixture.SetSyncDownAsync(false);
        outcome.ShouldBeOfType<ClaimOutcome.Unavailable>();
    }

    /// <summary>A call that is known here, and that is stored when the outbox tries again.</summary>
    private async Task AcceptWhileSyncIsDownAsync(string uui, Web.Calls.Call call)
    {
        await fixture.SetSyncDownAsync(true);
        var accepted = _here.Get<CallStore>().Accept(uui, _ => call);
        (await _here.Clock.UntilAsync(accepted.Tried)).ShouldBeFalse();
        await fixture.SetSyncDownAsync(false);
    }
}
