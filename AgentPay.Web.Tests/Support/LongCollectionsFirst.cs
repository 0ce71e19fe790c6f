using AgentPay.Web.Tests.Browser;
using AgentPay.Web.Tests.Deployment;
using AgentPay.Web.Tests.Support;
using Xunit.Abstractions;

// More than the cores of a small machine: some collections wait for a browser or for other processes most of the time.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
[assembly: TestCollectionOrderer(LongCollectionsFirst.TypeName, LongCollectionsFirst.AssemblyName)]

namespace AgentPay.Web.Tests.Support;

/// <summary>Starts the collections that take longest first, so that none of them is left to run alone at the end.</summary>
public sealed class LongCollectionsFirst : ITestCollectionOrderer
{
    internal const string TypeName = "AgentPay.Web.Tests.Support." + nameof(LongCollectionsFirst);
    internal const string AssemblyName = "AgentPay.Web.Tests";

    private static readonly string[] Long = [BrowserCollection.Name, typeof(ProductionBuildTests).FullName!];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => Long.Any(name => collection.DisplayName.EndsWith(name, StringComparison.Ordinal)));
}
