using AgentPay.Web.Calls;
using AgentPay.Web.Tests.Api;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Security;

/// <summary>The API refuses a call that another agent has claimed in the console.</summary>
public sealed class CallOwnershipTests(ApiBench bench) : IClassFixture<ApiBench>
{
    private const string Amara = "amara@agentpay.example";

    [Fact]
    public async Task Start_OnACallThatAnotherHasClaimed_IsRefusedByEitherLeg()
    {
        var (ben, call) = (await bench.BenAsync(), await ClaimedAsync(Amara));

        foreach (var leg in (string[])[call.Sid, call.AgentSid])
            (await ben.PostAsync("/startCapture", new { callSid = leg, ChargeAmount = 5 }))
                .ShouldBe(new(400, "Error with StartCapture: Another agent has claimed this call"));

        (await (await bench.AmaraAsync()).StartAsync(call)).ShouldStartWith("PK");
    }

    [Fact]
    public async Task Start_OnOnesOwnCall_GoesByWhoeverTheDirectoryNamesInAnyCase() =>
        (await (await bench.AmaraAsync()).StartAsync(await ClaimedAsync("Amara@AgentPay.example"))).ShouldStartWith("PK");

    private async Task<CustomerCall> ClaimedAsync(string agent)
    {
        var call = await bench.CallAsync();
        var calls = bench.App.Services.GetRequiredService<CallDirectory>();
        var outcome = await calls.ClaimAsync(call.Sid, Agents.Agent(agent), takeOver: false, default);
        outcome.ShouldBeOfType<ClaimOutcome.Claimed>();
        return call;
    }
}
