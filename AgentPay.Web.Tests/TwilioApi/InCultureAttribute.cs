using System.Globalization;
using System.Reflection;
using Xunit.Sdk;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>Runs a test, or the tests of a class, in a culture.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class InCultureAttribute(string name) : BeforeAfterTestAttribute
{
    private CultureInfo? _before;

    public string Name { get; } = name;

    public override void Before(MethodInfo methodUnderTest)
    {
        _before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(Name);
    }

    public override void After(MethodInfo methodUnderTest) => CultureInfo.CurrentCulture = _before!;
}
