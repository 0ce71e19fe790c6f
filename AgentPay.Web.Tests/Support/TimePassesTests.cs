using System.Reflection;

namespace AgentPay.Web.Tests.Support;

public sealed class TimePassesTests
{
    /// <summary>Otherwise test.sh would run them beside tests that keep the process busy.</summary>
    [Fact]
    public void Classes_OfTheCollection_AreInItsCategory()
    {
        var members = typeof(TimePasses).Assembly.GetTypes().Where(type => Arguments<CollectionAttribute>(type).Contains(TimePasses.Name))
            .ToList();

        members.Count.ShouldBeGreaterThan(20);
        members.Where(type => !Arguments<TraitAttribute>(type).Contains(TimePasses.Name)).ShouldBeEmpty();
    }

    private static IEnumerable<string?> Arguments<T>(Type type) =>
        type.GetCustomAttributesData().Where(data => data.AttributeType == typeof(T)).SelectMany(data => data.ConstructorArguments)
            .Select(argument => argument.Value?.ToString());
}
