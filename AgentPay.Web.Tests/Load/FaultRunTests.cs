using System.Globalization;
using AgentPay.Web.Tests.Support;
using Xunit.Abstractions;

namespace AgentPay.Web.Tests.Load;

/// <summary>Nothing is lost: see docs/reliability.md.</summary>
[Collection(TimePasses.Name)]
public sealed class FaultRunTests(ITestOutputHelper output)
{
    [Fact]
    public Task Payments_WhileEverythingFails_AreChargedOnceAndTold() =>
        RunAsync(new(Payments: 120, Seed: 1, AtOnce: 60, Rounds: 2, KillEvery: TimeSpan.FromSeconds(2), GiveUp: TimeSpan.FromSeconds(25)));

    /// <summary>As many as <c>LOAD_PAYMENTS</c> says, from <c>LOAD_SEED</c>, <c>LOAD_AT_ONCE</c> at a time.</summary>
    [Fact]
    [Trait("Category", "Load")]
    public Task ManyPayments_WhileEverythingFails_AreChargedOnceAndTold() =>
        RunAsync(new(Number("LOAD_PAYMENTS", 2000), Number("LOAD_SEED", 1), Number("LOAD_AT_ONCE", 150), Rounds: 4, KillEvery: TimeSpan.FromSeconds(5), GiveUp: TimeSpan.FromMinutes(1)));

    private async Task RunAsync(FaultPlan plan)
    {
        var problems = await new FaultRun(plan, output.WriteLine).RunAsync();

        problems.ShouldBeEmpty();
    }

    private static int Number(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
