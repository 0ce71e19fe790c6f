namespace AgentPay.Web.Tests.Browser;

/// <summary>The tests in a browser run one after another, on one Chromium and one AgentPay, by themselves: they wait in real time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BrowserCollection : ICollectionFixture<Chromium>, ICollectionFixture<ConsoleApp>
{
    public const string Name = "Browser";
}
