using AgentPay.Web.Tests.Identity;

namespace AgentPay.Web.Tests.Support;

/// <summary>
/// One AgentPay on its sandbox for all tests of a class, with Sync provisioned. Each test signs in with a browser of its own.
/// </summary>
public class ReadyApp : IAsyncLifetime
{
    public AgentPayApp App { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        App = Start();
        await App.ReadyAsync();
        await App.OpenedAsync();
    }

    public Task DisposeAsync() => App.DisposeAsync().AsTask();

    private protected virtual AgentPayApp Start() => new();
}
