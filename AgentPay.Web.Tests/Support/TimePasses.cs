namespace AgentPay.Web.Tests.Support;

/// <summary>
/// Tests that let the manual clock run while real requests are under way: the clock must not outrun the requests, so they run by themselves,
/// after all the others.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TimePasses
{
    public const string Name = "Time passes";
}
