using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace AgentPay.Web.Tests.Support;

/// <summary>bunit compares markup with AngleSharp.Diffing, and asks for a version that not every feed has; the one in <c>compat/</c> does as well.</summary>
internal static class DiffingRedirect
{
    private const string Name = "AngleSharp.Diffing";

    [ModuleInitializer]
    internal static void Install() => AssemblyLoadContext.Default.Resolving += (context, wanted) =>
        wanted.Name == Name ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "compat", Name + ".dll")) : null;
}
