using AgentPay.Web.Components.Setup;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.SelfTest;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.Sync;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Components.Setup;

public sealed class SyncPanelTests : ConsoleContext, IAsyncLifetime
{
    private readonly SandboxApp _sandbox = new();
    private SyncHost _host = null!;

    public async Task InitializeAsync() => _host = await SyncHost.StartReadyAsync(_sandbox);

    [Fact]
    public void Panel_Opened_ShowsTheServiceAndItsMaps()
    {
        var panel = Panel(_host);

        panel.WaitForAssertion(() => panel.Find("dl").TextContent.ShouldContain(_host.Space.Service.ToString()));
        panel.Find("dl").TextContent.ShouldContain("Map things");
        panel.Find("dl").TextContent.ShouldContain("Created when the first payment of the day");
    }

    [Fact]
    public async Task Provision_OverAndOver_MakesNothingTwice()
    {
        var before = _host.Space.Service;
        var panel = Panel(_host);
        for (var time = 0; time < 2; time++)
        {
            panel.WaitForAssertion(() => panel.HasRole("button", "Provision").ShouldBeTrue());
            panel.Press("Provision");
            panel.WaitForAssertion(() => panel.Markup.ShouldContain("its maps exist"));
        }

        _host.Space.Service.ShouldBe(before);
        (await _host.Client.Services.ListAsync().CountAsync()).ShouldBe(1);
        (await _sandbox.MapNamesAsync(before)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Provision_AfterAMapHasBeenDeleted_MakesItAgain()
    {
        await _sandbox.DeleteMapAsync(_host.Space.Service, SyncHost.Map);
        var panel = Panel(_host);
        panel.WaitForAssertion(() => panel.Find("dl").TextContent.ShouldContain("Missing"));

        panel.Press("Provision");

        panel.WaitForAssertion(() => panel.Markup.ShouldContain("its maps exist"));
        panel.Find("dl").TextContent.ShouldNotContain("Missing");
    }

    [Fact]
    public async Task Panel_WithAWrongKey_SaysWhichToCheck()
    {
        await using var host = await SyncHost.StartAsync(SyncHost.UrlOf(_sandbox), _sandbox.Clock, null,
            ("Twilio:ApiKeySecret", "a-wrong-secret-00000000000000000"));
        var panel = Panel(host);
        panel.WaitForAssertion(() => panel.HasRole("button", "Provision").ShouldBeTrue());

        panel.Press("Provision");

        panel.WaitForAssertion(() => panel.Markup.ShouldContain("Twilio:ApiKeySecret"));
    }

    public new async Task DisposeAsync()
    {
        await DisposeComponentsAsync();
        await _host.DisposeAsync();
        await _sandbox.DisposeAsync();
        await base.DisposeAsync();
    }

    private IRenderedComponent<SyncPanel> Panel(SyncHost host)
    {
        Services.AddSingleton(host.Get<SyncInventory>());
        return RenderFor<SyncPanel>(SetupBench.Tomas, _ => { });
    }
}
