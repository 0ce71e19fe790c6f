using System.Runtime.CompilerServices;

namespace AgentPay.Web.Tests.Support;

/// <summary>Settings of every host that the tests start.</summary>
internal static class HostSettings
{
    /// <summary>A host that watches its configuration files takes an inotify instance, of which Linux gives a user 128; the tests start more hosts than that.</summary>
    [ModuleInitializer]
    internal static void DoNotWatchFiles() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
