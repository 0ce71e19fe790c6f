using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Identity;

/// <summary>One AgentPay for all tests of a class: it takes a while to make its keys.</summary>
public sealed class SharedApp : IDisposable
{
    public AgentPayApp App { get; } = IdentityApp.Start();

    public void Dispose() => App.Dispose();
}
