using System.Runtime.CompilerServices;

namespace AgentPay.Web.Tests.Support;

/// <summary>Settings of the test process that apply to every host.</summary>
internal static class TestProcess
{
    /// <summary>
    /// No host watches its configuration files: a machine has few inotify instances (often 128), and hundreds of hosts would use them up.
    /// </summary>
    [ModuleInitializer]
    internal static void WatchNoConfiguration() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
