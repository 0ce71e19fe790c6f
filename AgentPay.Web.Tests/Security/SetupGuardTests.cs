using AgentPay.Web.Components.Setup;
using AgentPay.Web.Identity;
using AgentPay.Web.SelfTest;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.Sync;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Tests.Security;

/// <summary>
/// A user without the admin role clicks the buttons of the setup page, as in a circuit whose session has ended while the page is open.
/// </summary>
public sealed class SetupGuardTests : ConsoleContext, IAsyncLifetime
{
    private readonly SandboxApp _sandbox = new();
    private readonly CountingCheck _check = new();
    private SyncHost _host = null!;

    public async Task InitializeAsync() => _host = await SyncHost.StartReadyAsync(_sandbox);

    [Theory]
    [InlineData(AgentPayRoles.Agent)]
    [InlineData(AgentPayRoles.Supervisor)]
    [InlineData("Another.Role")]
    public async Task Provision_ByWhoeverIsNoAdmin_DoesNothing(string role)
    {
        await _sandbox.DeleteMapAsync(_host.Space.Service, SyncHost.Map);
        Services.AddSingleton(_host.Get<SyncInventory>());
        var panel = RenderFor<SyncPanel>(Agents.With("x", role), _ => { });
        panel.WaitForAssertion(() => panel.Find("dl").TextContent.ShouldContain("Missing"));

        panel.Find("button.action").Click();

        panel.Find("button.action").HasAttribute("disabled").ShouldBeFalse();
        (await _sandbox.MapNamesAsync(_host.Space.Service)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(AgentPayRoles.Agent, 0)]
    [InlineData(AgentPayRoles.Supervisor, 0)]
    [InlineData(AgentPayRoles.Admin, 1)]
    public void SelfTest_ByWhom_RunsOrNot(string role, int runs)
    {
        Services.AddSingleton<ICheck>(_check);
        Services.AddSingleton<SelfTestRunner>();

        RenderFor<SelfTestPanel>(Agents.With("x", role), _ => { }).Find("button").Click();

        _check.Runs.ShouldBe(runs);
    }

    public new async Task DisposeAsync()
    {
        await DisposeComponentsAsync();
        await _host.DisposeAsync();
        await _sandbox.DisposeAsync();
        await base.DisposeAsync();
    }

    private sealed class CountingCheck : ICheck
    {
        public int Runs { get; private set; }

        public string Title(IStringLocalizer<Words> words) => "Counting";

        public Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation)
        {
            Runs++;
            return Task.FromResult(Finding.Good("Counted."));
        }
    }
}
