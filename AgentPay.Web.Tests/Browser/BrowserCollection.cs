namespace AgentPay.Web.Tests.Browser;

/// <summary>Tests in a browser run one after another, on one Chromium and one AgentPay.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Chromium>, ICollectionFixture<ConsoleApp>
{
    public const string Name = "Browser";
}

/// <summary>A second Chromium and AgentPay, for half of the tests: they wait for the browser most of the time.</summary>
[CollectionDefinition(Name)]
public sealed class SecondBrowserCollection : ICollectionFixture<Chromium>, ICollectionFixture<ConsoleApp>
{
    public const string Name = "Second browser";
}
