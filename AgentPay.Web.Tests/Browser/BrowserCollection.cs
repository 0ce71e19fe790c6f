namespace AgentPay.Web.Tests.Browser;

/// <summary>The tests in a browser run one after another, on one Chromium and one AgentPay.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Chromium>, ICollectionFixture<ConsoleApp>
{
    public const string Name = "Browser";
}
