using System.Globalization;
using AgentPay.Web.Tests.Support;
using Xunit.Abstractions;

namespace AgentPay.Web.Tests.Load;

/// <summary>The fault run of docs/reliability.md.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class FaultRunTests(ITestOutputHelper output)
{
    [Fact]
    public Task Payments_WhileEverythingFails_AreChargedOnceAndTold() =>
        RunAsync(new(Payments: 100, Seed: 1, AtOnce: 60, Rounds: 1, Gap: TimeSpan.FromMilliseconds(100), KillEvery: TimeSpan.FromSeconds(2), GiveUp: TimeSpan.FromSeconds(15), Rest: TimeSpan.Zero));

    /// <summary>As many as <c>LOAD_PAYMENTS</c> says, from <c>LOAD_SEED</c>, <c>LOAD_AT_ONCE</c> at a time.</summary>
    [Fact]
    [Trait("Category", "Load")]
    public Task ManyPayments_WhileEverythingFails_AreChargedOnceAndTold() =>
        RunAsync(new(Number("LOAD_PAYMENTS", 2000), Number("LOAD_SEED", 1), Number("LOAD_AT_ONCE", 150), Rounds: 2, Gap: TimeSpan.FromMilliseconds(Number("LOAD_GAP", 280)), KillEvery: TimeSpan.FromSeconds(5), GiveUp: TimeSpan.FromSeconds(45), Rest: TimeSpan.FromSeconds(75)));

    /// <summary>
    /// For <c>LOAD_SECONDS</c> at each rate, on <c>LOAD_INSTANCES</c>. <c>LOAD_RATE</c> is the rate that Sync sustains, in thousandths of a
    /// payment a second.
    /// </summary>
    [Fact]
    [Trait("Category", "Load")]
    public async Task MorePayments_ThanSyncCanStore_AreTakenAtNearlyTheMaximumRate()
    {
        var (instances, sustained) = (Number("LOAD_INSTANCES", 1), Number("LOAD_RATE", 7200) / 1000.0);
        var run = new OverloadRun(instances, sustained, TimeSpan.FromSeconds(Number("LOAD_SECONDS", 40)), Print);

        (await run.RunAsync()).ShouldBeEmpty();
    }

    private async Task RunAsync(FaultPlan plan)
    {
        var problems = await new FaultRun(plan, Print).RunAsync();

        problems.ShouldBeEmpty();
    }

    /// <summary>Into the file <c>LOAD_LOG</c> as well, as the output of a test is shown only at its end.</summary>
    private void Print(string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("LOAD_LOG") is { Length: > 0 } log) File.AppendAllText(log, line + "\n");
    }

    private static int Number(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
