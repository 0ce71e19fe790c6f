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
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>The call that an address names: found, awaited, claimed, followed, over a real Sync service and Twilio's sandbox.</summary>
public sealed class OpenCallTests(CallsFixture fixture) : CallsConsole(fixture)
{
    [Fact]
    public async Task Open_ByUui_ShowsTheCallAndClaimsItForTheAgent()
    {
        var call = await CallsOutAsync("crm-1");

        var open = Shown(Amara, "uui=crm-1&amount=12.50");

        open.WaitForAssertion(() => open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Call).PstnSid.ShouldBe(call.PstnSid));
        open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Draft)!.Amount.ShouldBe(12.50m);
        (await Map.GetAsync("crm-1"))["claimedBy"].ShouldBe(Amara.PrincipalName);
        var text = TextOf(open);
        foreach (var words in (string[])["+61 400 000 123", "We called from +61 2 8000 0456", "Connected", "Live", "crm-1", call.PstnSid.ToString(), call.SipSid.ToString()!]) text.ShouldContain(words);
    }

    [Fact]
    public async Task Open_ByEitherLeg_FindsTheSameCall()
    {
        var call = await CallsInAsync();

        foreach (var leg in new[] { call.PstnSid, call.SipSid!.Value })
        {
            var open = Shown(Amara, $"callSid={leg}");
            open.WaitForAssertion(() => open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Call).PstnSid.ShouldBe(call.PstnSid));
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
        Clock.Advance(Web.Components.Live.Announcer.Pause);
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

        open.WaitForAssertion(() => open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Call).PstnSid.ShouldBe(sid));
        TextOf(open).ShouldContain("This call is not in the list");
        open.FindAll(".causes li").Select(cause => cause.TextContent).ShouldBe(
        [
            "The UUI or call SID from your CRM is wrong, or belongs to another call. Pick the call from the list.",
            "The call ended more than 15 minutes ago.",
            "The number's webhook in Twilio is not AgentPay's. Ask your administrator to compare it with the Setup page.",
        ]);
        TextOf(open).ShouldContain("+61 400 000 777");
        (await Fixture.Sandbox.Anonymous.PostAsync($"sandbox/control/calls/{sid}/hangup", null)).EnsureSuccessStatusCode();
        Clock.Advance(OpenCall.RetryInterval);
        open.WaitForAssertion(() => TextOf(open).ShouldContain("Call ended"));
    }

    [Fact]
    public async Task Open_AnothersCall_SaysWhoHasItAndShowsItsPaymentForViewingOnly()
    {
        var call = await CallsInAsync();
        await ClaimAsync(call, Ben);

        var open = Shown(Amara, $"callSid={call.PstnSid}");

        open.WaitForAssertion(() => TextOf(open).ShouldContain($"{Ben.Name} has this call"));
        IsViewOnly(open).ShouldBeTrue();
        open.AllByRole("button").Select(open.NameOf).ShouldAllBe(name => name.StartsWith("Copy ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_AnothersCallToASupervisor_ShowsItsPaymentAndOffersToTakeItOver()
    {
        var call = await CallsInAsync();
        await ClaimAsync(call, Ben);

        var open = Shown(Priya, $"callSid={call.PstnSid}");

        open.WaitForAssertion(() => open.HasComponent<Stub<PaymentPanel>>().ShouldBeTrue());
        open.HasComponent<ClaimButton>().ShouldBeTrue();
        (await Map.GetAsync(call.Uui))["claimedBy"].ShouldBe(Ben.PrincipalName);
    }

    [Fact]
    public async Task Open_FreeCallToASupervisor_StaysFreeUntilTheyClaimIt()
    {
        var call = await CallsInAsync();
        var open = Shown(Priya, $"callSid={call.PstnSid}");
        open.WaitForAssertion(() => TextOf(open).ShouldContain("This call is unclaimed"));

        open.FindComponent<ClaimButton>().Find("button").Click();

        open.WaitForAssertion(() => TextOf(open).ShouldNotContain("This call is unclaimed"));
        (await Map.GetAsync(call.Uui))["claimedBy"].ShouldBe(Priya.PrincipalName);
    }

    [Fact]
    public async Task Open_TwoAgentsAtOnce_OneGetsThePayment()
    {
        var call = await CallsInAsync();

        var both = new[] { Shown(Amara, $"callSid={call.PstnSid}"), Shown(Ben, $"callSid={call.PstnSid}") };

        foreach (var open in both)
            open.WaitForAssertion(() => open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Call).ClaimedBy.ShouldNotBeNull());
        both.Count(IsViewOnly).ShouldBe(1);
        both.Single(IsViewOnly).WaitForAssertion(() => TextOf(both.Single(IsViewOnly)).ShouldContain("has this call"));
    }

    [Fact]
    public async Task TakenOver_WhileOpen_ThePaymentStaysForViewingOnly()
    {
        var call = await CallsInAsync();
        var open = Shown(Amara, $"callSid={call.PstnSid}");
        open.WaitForAssertion(() => open.HasRole("button", "Release").ShouldBeTrue());
        IsViewOnly(open).ShouldBeFalse();

        await ClaimAsync(call, Priya, takeOver: true);

        open.WaitForAssertion(() => TextOf(open).ShouldContain($"{Priya.Name} has this call"));
        IsViewOnly(open).ShouldBeTrue();
        open.HasRole("button", "Release").ShouldBeFalse();
    }

    [Fact]
    public async Task Released_WhileOpen_IsClaimedAgainOnlyWithTheButton()
    {
        var call = await CallsInAsync();
        var open = Shown(Amara, $"callSid={call.PstnSid}");
        open.WaitForAssertion(() => open.HasRole("button", "Release").ShouldBeTrue());

        open.FindByRole("button", "Release").Click();

        open.WaitForAssertion(() => TextOf(open).ShouldContain("This call is unclaimed"));
        Clock.Advance(OpenCall.RetryInterval);
        await open.InvokeAsync(() => { });
        (await Map.GetAsync(call.Uui))["claimedBy"].ShouldBeNull();
        IsViewOnly(open).ShouldBeTrue();

        open.FindComponent<ClaimButton>().Find("button").Click();

        open.WaitForAssertion(() => IsViewOnly(open).ShouldBeFalse());
        (await Map.GetAsync(call.Uui))["claimedBy"].ShouldBe(Amara.PrincipalName);
    }

    [Fact]
    public async Task OthersRunningPayment_OnAnothersCall_IsToldByThePanelAlone()
    {
        var call = await CallsInAsync();
        await ClaimAsync(call, Ben);
        var open = Shown(Priya, $"callSid={call.PstnSid}");
        open.WaitForAssertion(() => open.HasComponent<ClaimButton>().ShouldBeTrue());

        await ShowPaymentAsync(open, APayment.Ready() with { Agent = Ben.PrincipalName });

        open.WaitForAssertion(() => open.HasComponent<ClaimButton>().ShouldBeFalse());
        await ShowPaymentAsync(open, APayment.Succeeded() with { Agent = Ben.PrincipalName });
        open.WaitForAssertion(() => open.HasComponent<ClaimButton>().ShouldBeTrue());
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
        Clock.Advance(Web.Components.Live.Announcer.Pause);
        Announcer.Status.ShouldBe("The call has ended.");
    }

    [Fact]
    public async Task Title_WithAPayment_SaysPhaseAndNumber()
    {
        var call = await CallsInAsync();
        var open = Shown(Amara, $"callSid={call.PstnSid}");
        open.WaitForAssertion(() => open.HasComponent<Stub<PaymentPanel>>().ShouldBeTrue());

        await open.InvokeAsync(() => open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.OnPayment).InvokeAsync(APayment.Ready()));

        Render(open.FindComponent<PageTitle>().Instance.ChildContent!).Markup.Replace('\u00a0', ' ').ShouldBe("All captured · +61 400 000 123 · AgentPay");
    }

    [Fact]
    public async Task Open_CallThatHasEndedUnclaimed_SaysSoAndShowsNoPayment()
    {
        var call = await CallsInAsync();
        await EndsAsync(call);

        var open = Shown(Amara, $"callSid={call.PstnSid}");

        open.WaitForAssertion(() => TextOf(open).ShouldContain("It was not claimed."));
        open.HasComponent<Stub<PaymentPanel>>().ShouldBeFalse();
    }

    [Fact]
    public async Task Feed_IsDelayed_IsAChipOfItsOwn()
    {
        var call = await CallsInAsync();
        var open = Shown(Amara, $"callSid={call.PstnSid}");
        open.WaitForAssertion(() => TextOf(open).ShouldContain("Live"));

        Healths.Publish(CallPolls.SourceName, new FeedHealth(false, null, "Twilio Sync cannot be reached"));

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

    private static bool IsViewOnly(IRenderedComponent<OpenCall> open) =>
        open.HasComponent<Stub<PaymentPanel>>() && open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.IsViewOnly);

    private static Task ShowPaymentAsync(IRenderedComponent<OpenCall> open, PaymentSession payment) => open.InvokeAsync(() =>
        open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.OnPayment).InvokeAsync(payment));

    private IRenderedComponent<OpenCall> Shown(CurrentUser user, string query) => RenderFor<OpenCall>(user, p => p.Add(o => o.Pop, Pop(query)));
}
