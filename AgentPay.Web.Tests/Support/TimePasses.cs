namespace AgentPay.Web.Tests.Support;

/// <summary>
/// Tests that let the manual clock run while real requests are under way. The clock advances when the whole process is idle
/// (<see cref="IdleProcess"/>), so these tests run one after another, and test.sh gives them processes of their own.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TimePasses
{
    /// <summary>Of the collection, and of the category that test.sh selects.</summary>
    public const string Name = "TimePasses";
}
