using AgentPay.Web.Calls;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Bunit;
using Bunit.TestDoubles;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>Sync has not been reached since the start.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class OpenCallWithoutSyncTests(CallsFixture fixture) : CallsConsole(fixture)
{
    public override async Task InitializeAsync() => Use(await CallsApp.StartAsync(Fixture.Sandbox, service: null));

    [Fact]
    public async Task Open_BySid_IsFoundThroughTwilioAndCanBePaidFor()
    {
        var sid = await OutsideCallAsync();

        var open = RenderFor<OpenCall>(Amara, p => p.Add(o => o.Pop, Pop($"callSid={sid}")));

        open.WaitForAssertion(() =>
            open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Call).PstnSid.ShouldBe(sid));
    }

    [Fact]
    public void Open_ByUui_SaysThatItCannotBeLookedUp()
    {
        var open = RenderFor<OpenCall>(Amara, p => p.Add(o => o.Pop, Pop("uui=crm-1")));

        open.WaitForAssertion(() =>
            TextOf(open).ShouldContain("The call can't be looked upTwilio is not responding. AgentPay keeps trying."));
    }

    [Fact]
    public async Task Open_KnownByWebhook_CanBePaidForAndIsClaimedOnceSyncIsThere()
    {
        var customer = CallsFixture.NewCall();
        await App.Clock.UntilAsync(App.PostAsync("/inboundHandler", Forms.CallsIn(customer)));
        var open = RenderFor<OpenCall>(Amara, p => p.Add(o => o.Pop, Pop($"callSid={customer}")));
        open.WaitForAssertion(() => TextOf(open).ShouldContain("The call could not be claimed yet"));
        open.HasComponent<Stub<PaymentPanel>>().ShouldBeTrue();

        App.Get<SyncSpace>().Ready(await Fixture.NewServiceAsync());
        var stored = App.Get<CallStore>().Accept(customer.ToString(), known => known).Stored;
        while (!stored.IsCompleted)
        {
            App.Clock.Advance(TimeSpan.FromSeconds(1));
            await IdleProcess.WaitAsync(stored);
        }
        Advance(OpenCall.RetryInterval);

        open.WaitForAssertion(() => TextOf(open).ShouldContain($"Claimed by{Amara.Name}"));
        TextOf(open).ShouldNotContain("The call could not be claimed yet");
    }

    [Fact]
    public async Task Claim_SaysThatItFailed()
    {
        var call = ACall.Inbound();
        var button = RenderFor<ClaimButton>(Amara, p => p.Add(b => b.Call, call).Add(b => b.User, Amara));

        await button.Find("button").ClickAsync(new());

        button.WaitForAssertion(() => TextOf(button).ShouldContain("The call could not be claimed. Try again in a moment."));
    }
}
