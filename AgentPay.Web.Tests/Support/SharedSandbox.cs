using AgentPay.Web.Sandbox.Control;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Support;

/// <summary>One sandbox for all tests of a class, which run one after another. Its clock goes on from test to test.</summary>
public sealed class SharedSandbox : IDisposable
{
    private readonly SandboxApp _app = new();

    /// <summary>The sandbox as it is after its start: without calls, payments, faults and counts.</summary>
    public SandboxApp Reset()
    {
        foreach (var part in _app.Services.GetServices<IResettable>()) part.Reset();
        return _app;
    }

    public void Dispose() => _app.Dispose();
}
