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

/// <summary>Who has the open call: claimed, taken over, released.</summary>
public sealed class OpenCallClaimTests(CallsFixture fixture) : OpenCallTest(fixture)
{
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
            open.WaitForAssertion(() =>
                open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Call).ClaimedBy.ShouldNotBeNull());
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

        open.Press("Release");

        open.WaitForAssertion(() => TextOf(open).ShouldContain("This call is unclaimed"));
        Advance(OpenCall.RetryInterval);
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
    public async Task Open_CallThatHasEndedUnclaimed_SaysSoAndShowsNoPayment()
    {
        var call = await CallsInAsync();
        await EndsAsync(call);

        var open = Shown(Amara, $"callSid={call.PstnSid}");

        open.WaitForAssertion(() => TextOf(open).ShouldContain("It was not claimed."));
        open.HasComponent<Stub<PaymentPanel>>().ShouldBeFalse();
    }
}
