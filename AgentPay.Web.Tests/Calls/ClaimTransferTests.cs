using System.Globalization;
using AgentPay.Web.Calls;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Calls;

/// <summary>A claimed call that changes hands: taken over, handed over, released.</summary>
public sealed class ClaimTransferTests(CallsFixture fixture) : ClaimTest(fixture)
{
    [Fact]
    public async Task Claim_TakenOver_StoresTheNameOfTheNewAgent()
    {
        await Here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        await There.Directory.ClaimAsync(Uui, Agents.Supervisor(Bob) with { Name = "Bob Builder" }, takeOver: true, default);

        var item = await Map.GetAsync(Uui);
        (item["claimedBy"], item["claimedByName"]).ShouldBe((Bob, "Bob Builder"));
    }

    [Fact]
    public async Task Claim_AnothersCallTakenOverByAnAgent_IsRefused()
    {
        await Here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        (await There.Directory.ClaimAsync(Uui, Agents.Agent(Bob), takeOver: true, default))
            .ShouldBeOfType<ClaimOutcome.HeldByAnother>().Call.ClaimedBy.ShouldBe(Alice);
    }

    [Fact]
    public async Task Claim_AnothersCallTakenOver_IsTheSupervisors()
    {
        await Here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        (await There.Directory.ClaimAsync(Uui, Agents.Supervisor(Bob), takeOver: true, default)).ShouldBeOfType<ClaimOutcome.Claimed>();

        (await Map.GetAsync(Uui))["claimedBy"].ShouldBe(Bob);
    }

    [Fact]
    public async Task Claim_TwoSupervisorsTakeOverAtOnce_OneGetsIt()
    {
        await Here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => (n % 2 == 0 ? Here : There).Directory
            .ClaimAsync(Uui, Agents.Supervisor($"supervisor{n}@example.com"), takeOver: true, default)));

        // Whoever reads the call after the first take-over takes it over from the winner, as somebody who presses later does.
        var item = await Map.GetAsync(Uui);
        claims.OfType<ClaimOutcome.Claimed>().Max(claimed => claimed.Call.ClaimNumber).ToString(CultureInfo.InvariantCulture)
            .ShouldBe(item["claimNumber"]);
        claims.OfType<ClaimOutcome.Claimed>().Select(claimed => claimed.Call.ClaimNumber).ShouldBeUnique();
        claims.OfType<ClaimOutcome.HeldByAnother>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Release_ByItsAgent_LeavesTheCallToTheNext()
    {
        await Here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        (await There.Directory.ReleaseAsync(Uui, Agents.Agent(Alice), default)).ShouldBeOfType<ClaimOutcome.Released>();

        (await Map.GetAsync(Uui))["claimedBy"].ShouldBeNull();
        (await Here.Directory.ClaimAsync(Uui, Agents.Agent(Bob), takeOver: false, default)).ShouldBeOfType<ClaimOutcome.Claimed>();
    }

    [Fact]
    public async Task HandOver_ByItsAgent_IsTheColleaguesAndSaysFromWhom()
    {
        await Here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        var outcome =
            await There.Directory.HandOverAsync(Uui, Agents.Agent(Alice) with { Name = "Alice Adams" }, new(Bob, "Bob Builder"), default);

        outcome.ShouldBeOfType<ClaimOutcome.HandedOver>().Call.ClaimNumber.ShouldBe(2);
        var item = await Map.GetAsync(Uui);
        (item["claimedBy"], item["claimedByName"], item["handedOverBy"], item["handedOverByName"])
            .ShouldBe((Bob, "Bob Builder", Alice, "Alice Adams"));
    }

    [Fact]
    public async Task ReleaseAndHandOver_BySomebodyElse_AreRefused()
    {
        await Here.Directory.ClaimAsync(Uui, Agents.Agent(Alice), takeOver: false, default);

        // A supervisor takes the call over first, so that the agent is told.
        foreach (var stranger in new[] { Agents.Agent(Bob), Agents.Supervisor(Bob) })
        {
            (await Here.Directory.ReleaseAsync(Uui, stranger, default)).ShouldBeOfType<ClaimOutcome.HeldByAnother>();
            (await Here.Directory.HandOverAsync(Uui, stranger, new(Bob, "Bob"), default)).ShouldBeOfType<ClaimOutcome.HeldByAnother>();
        }
        await Should.ThrowAsync<UnauthorizedAccessException>(() => Here.Directory.ReleaseAsync(Uui, Agents.Admin(Alice), default));
        await Should.ThrowAsync<UnauthorizedAccessException>(() =>
            Here.Directory.HandOverAsync(Uui, Agents.With(Alice), new(Bob, "Bob"), default));

        (await Map.GetAsync(Uui))["claimedBy"].ShouldBe(Alice);
    }

    [Fact]
    public async Task HandOver_WhileASupervisorTakesOver_OnlyOneWins()
    {
        for (var n = 0; n < 10; n++)
        {
            var customer = CallsFixture.NewCall();
            await Here.PostAsync("/inboundHandler", Forms.CallsIn(customer));
            var uui = customer.ToString();
            var claimed = (ClaimOutcome.Claimed)await Here.Directory.ClaimAsync(uui, Agents.Agent(Alice), takeOver: false, default);

            var taken = There.Directory.ClaimAsync(uui, Agents.Supervisor("priya@example.com"), takeOver: true, default);
            var given = Here.Directory.HandOverAsync(uui, Agents.Agent(Alice), new(Bob, "Bob"), default);
            var (isTaken, isGiven) = (await taken is ClaimOutcome.Claimed, await given is ClaimOutcome.HandedOver);

            var item = await Map.GetAsync(uui);
            // Both succeed only one after the other, and then the later has it.
            (isTaken || isGiven).ShouldBeTrue();
            var number = claimed.Call.ClaimNumber + (isTaken ? 1 : 0) + (isGiven ? 1 : 0);
            item["claimNumber"].ShouldBe(number.ToString(CultureInfo.InvariantCulture));
            item["claimedBy"].ShouldBe(isTaken ? "priya@example.com" : Bob);
        }
    }
}
