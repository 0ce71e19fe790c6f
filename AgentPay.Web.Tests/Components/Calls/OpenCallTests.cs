using AgentPay.Web.Calls;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.TwilioApi;
using AgentPay.Web.Tests.Support;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>The call named by the address: found, awaited, updated.</summary>
public sealed class OpenCallTests(CallsFixture fixture) : OpenCallTest(fixture)
{
    [Fact]
    public async Task Open_ByUui_ShowsTheCallAndClaimsItForTheAgent()
    {
        var call = await CallsOutAsync("crm-1");

        var open = Shown(Amara, "uui=crm-1&amount=12.50");

        open.WaitForAssertion(() =>
            open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Call).PstnSid.ShouldBe(call.PstnSid));
        open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Draft)!.Amount.ShouldBe(12.50m);
        (await Map.GetAsync("crm-1"))["claimedBy"].ShouldBe(Amara.PrincipalName);
        var text = TextOf(open);
        string[] shown =
            ["+61 400 000 123", "We called from +61 2 8000 0456", "Connected", "Live", "crm-1", $"{call.PstnSid}", $"{call.SipSid}"];
        foreach (var words in shown) text.ShouldContain(words);
    }

    [Fact]
    public async Task Open_ByEitherLeg_FindsTheSameCall()
    {
        var call = await CallsInAsync();

        foreach (var leg in new[] { call.PstnSid, call.SipSid!.Value })
        {
            var open = Shown(Amara, $"callSid={leg}");
            open.WaitForAssertion(() =>
                open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Call).PstnSid.ShouldBe(call.PstnSid));
        }
    }

    [Fact]
    public async Task Open_UuiThatIsNotThereYet_WaitsAndPicksItUp()
    {
        var open = Shown(Amara, "uui=crm-2");
        open.WaitForAssertion(() => TextOf(open).ShouldContain("Waiting for the call…"));
        TextOf(open).ShouldContain("crm-2");

        await CallsOutAsync("crm-2");

        open.WaitForAssertion(() => open.HasComponent<Stub<PaymentPanel>>().ShouldBeTrue());
        Advance(Web.Components.Live.Announcer.Pause);
        Announcer.Status.ShouldContain("The call is here");
    }

    [Fact]
    public void Open_UnknownSid_SaysSoAndLooksAgain()
    {
        var open = Shown(Amara, $"callSid={CallsFixture.NewCall()}");

        open.WaitForAssertion(() => TextOf(open).ShouldContain("AgentPay and Twilio have no call"));
        open.HasRole("button", "Look again").ShouldBeTrue();
    }

    [Fact]
    public async Task Open_CallThatOnlyTwilioKnows_CanBePaidForAndIsFollowedToItsEnd()
    {
        var sid = await OutsideCallAsync();

        var open = Shown(Amara, $"callSid={sid}");

        open.WaitForAssertion(() =>
            open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Call).PstnSid.ShouldBe(sid));
        TextOf(open).ShouldContain("This call is not in the list");
        open.FindAll(".causes li").Select(cause => cause.TextContent).ShouldBe(
        [
            "The UUI or call SID from your CRM is wrong, or belongs to another call. Pick the call from the list.",
            "The call ended more than 15 minutes ago.",
            "The number's webhook in Twilio is not AgentPay's. Ask your administrator to compare it with the Setup page.",
        ]);
        TextOf(open).ShouldContain("+61 400 000 777");
        (await Fixture.Sandbox.Anonymous.PostAsync($"sandbox/control/calls/{sid}/hangup", null)).EnsureSuccessStatusCode();
        Advance(OpenCall.RetryInterval);
        open.WaitForAssertion(() => TextOf(open).ShouldContain("Call ended"));
    }

    [Fact]
    public async Task CallEnds_WhileOpen_StaysWithItsPaymentAndSaysSo()
    {
        var call = await CallsInAsync();
        var open = Shown(Amara, $"callSid={call.PstnSid}");
        open.WaitForAssertion(() => open.HasComponent<Stub<PaymentPanel>>().ShouldBeTrue());

        await EndsAsync(call);

        open.WaitForAssertion(() => TextOf(open).ShouldContain("Call ended"));
        TextOf(open).ShouldNotContain("Live");
        open.HasComponent<Stub<PaymentPanel>>().ShouldBeTrue();
        Advance(Web.Components.Live.Announcer.Pause);
        Announcer.Status.ShouldBe("The call has ended.");
    }

    [Fact]
    public async Task Title_WithAPayment_SaysPhaseAndNumber()
    {
        var call = await CallsInAsync();
        var open = Shown(Amara, $"callSid={call.PstnSid}");
        open.WaitForAssertion(() => open.HasComponent<Stub<PaymentPanel>>().ShouldBeTrue());

        await open.InvokeAsync(() =>
            open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.OnPayment).InvokeAsync(APayment.Ready()));

        Render(open.FindComponent<PageTitle>().Instance.ChildContent!).Markup.Replace('\u00a0', ' ')
            .ShouldBe("All captured · +61 400 000 123 · AgentPay");
    }

    [Fact]
    public async Task Feed_IsDelayed_IsAChipOfItsOwn()
    {
        var call = await CallsInAsync();
        var open = Shown(Amara, $"callSid={call.PstnSid}");
        open.WaitForAssertion(() => TextOf(open).ShouldContain("Live"));

        Healths.Publish(CallPoller.SourceName, new FeedHealth(false, null, "Twilio Sync cannot be reached"));

        open.WaitForAssertion(() => TextOf(open).ShouldContain("Delayed"));
        TextOf(open).ShouldContain("Connected");
    }

    [Fact]
    public async Task List_OtherCallsChange_DoesNotRenderTheOpenCall()
    {
        var call = await CallsInAsync();
        var open = Shown(Amara, $"callSid={call.PstnSid}");
        open.WaitForAssertion(() => open.HasComponent<Stub<PaymentPanel>>().ShouldBeTrue());
        var bar = open.FindComponent<CallBar>();
        await open.InvokeAsync(() => { });
        var before = bar.RenderCount;

        var other = await CallsInAsync("+61400000999");
        await EndsAsync(other);
        await open.InvokeAsync(() => { });

        bar.RenderCount.ShouldBe(before);
        await EndsAsync(call);
        open.WaitForAssertion(() => bar.RenderCount.ShouldBeGreaterThan(before));
    }

    [Fact]
    public async Task List_OlderThanTheCallThatIsShown_ChangesNothing()
    {
        var call = await CallsInAsync();
        var old = App.Directory.Snapshot;
        await ClaimAsync(call, Amara);
        using var reads = new SemaphoreSlim(0);
        var feed = new LiveFeed<string, CallList>(supersedes: (_, _) => true, read: _ => reads.Release());
        Services.AddSingleton(feed);
        var open = Shown(Amara, $"callSid={call.PstnSid}");
        open.WaitForAssertion(() => feed.IsWatched(CallDirectory.ListKey).ShouldBeTrue());
        var panel = open.FindComponent<Stub<PaymentPanel>>().Instance;

        // A component reads the second once it has shown the first.
        for (var i = 0; i < 2; i++)
        {
            feed.Publish(CallDirectory.ListKey, old with { });
            for (var reader = feed.Readers; reader > 0; reader--) (await reads.WaitAsync(TestLimit.Time)).ShouldBeTrue();
        }

        open.FindComponent<Stub<PaymentPanel>>().Instance.ShouldBeSameAs(panel);
        IsViewOnly(open).ShouldBeFalse();
    }

    [Fact]
    public void Open_HtmlInTheUui_IsText()
    {
        var open = Shown(Amara, "uui=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E");

        open.WaitForAssertion(() => TextOf(open).ShouldContain("<img src=x onerror=alert(1)>"));
        open.FindAll("img").ShouldBeEmpty();
    }

    [Fact]
    public async Task Dispose_LeavesNoReader()
    {
        var call = await CallsInAsync();
        var open = Shown(Amara, $"callSid={call.PstnSid}");
        open.WaitForAssertion(() => open.HasComponent<Stub<PaymentPanel>>().ShouldBeTrue());

        await DisposeComponentsAsync();

        (Feed.Readers, Healths.Readers).ShouldBe((0, 0));
    }
}
