using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Identity;

/// <summary>One AgentPay for all tests of a class, because creating its keys is slow.</summary>
public sealed class SharedApp : IDisposable
{
    public AgentPayApp App { get; } = IdentityApp.Start();

    public void Dispose() => App.Dispose();
}
