using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.KeyRing;

public sealed class SandboxStartTests
{
    [Fact]
    public async Task Sandbox_Started_WarnsOfNothing()
    {
        await using var app = new AgentPayApp();

        await app.OpenedAsync();

        app.Log.Lines.ShouldNotContain(line =>
            line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal));
    }
}
