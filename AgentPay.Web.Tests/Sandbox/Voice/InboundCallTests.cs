using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Voice;

public sealed class InboundCallTests
{
    [Fact]
    public async Task Call_WithoutAnyConfiguredWebhook_IsConnectedWithTheSoftphone()
    {
        using var sandbox = new SandboxApp();
        await using var lab = await PhoneLab.StartAsync(settings: null);

        lab.Twiml("/inbound", PhoneLab.AgentDial);
        var (parent, child) = await lab.ConnectAsync();

        (await lab.StatusAsync(parent)).ShouldBe("in-progress");
        (await lab.StatusAsync(child)).ShouldBe("in-progress");
    }
}
