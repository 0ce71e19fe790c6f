using AgentPay.Web.Calls;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using Bunit;
using Bunit.TestDoubles;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>The page of a call that the PBX transfers.</summary>
public sealed class OpenCallTransferTests(CallsFixture fixture) : OpenCallTest(fixture)
{
    [Fact]
    public async Task NewAgent_OpensWhileRinging_GetsTheCallWhenTheyAnswer()
    {
        var call = await ClaimedAsync();
        await ReferAsync(call);
        var open = Shown(Ben, $"uui={call.Uui}");
        open.WaitForAssertion(() => TextOf(open).ShouldContain($"{Amara.Name} is transferring this call"));

        await TargetAsync(call, "in-progress");

        open.WaitForAssertion(() => TextOf(open).ShouldContain($"{Amara.Name} transferred this call to you."));
        IsViewOnly(open).ShouldBeFalse();
        (await Map.GetAsync(call.Uui))["claimedBy"].ShouldBe(Ben.PrincipalName);
    }

    [Fact]
    public async Task NewAgent_OpensAfterTheAnswer_GetsTheCall()
    {
        var call = await ClaimedAsync();
        await ReferAsync(call);
        await TargetAsync(call, "in-progress");

        var open = Shown(Ben, $"uui={call.Uui}");

        open.WaitForAssertion(() => IsViewOnly(open).ShouldBeFalse());
        open.WaitForAssertion(() => open.HasRole("button", "Release").ShouldBeTrue());
    }

    [Fact]
    public async Task FormerAgent_WhosePageWasOpenBefore_GetsTheCallOnlyWithTheButton()
    {
        var call = await ClaimedAsync();
        var open = Shown(Ben, $"uui={call.Uui}");
        open.WaitForAssertion(() => TextOf(open).ShouldContain($"{Amara.Name} has this call"));
        App.Clock.Advance(TimeSpan.FromSeconds(1));

        await ReferAsync(call);
        await TargetAsync(call, "in-progress");

        open.WaitForAssertion(() => open.HasComponent<ClaimButton>().ShouldBeTrue());
        (await Map.GetAsync(call.Uui))["claimedBy"].ShouldBe(Amara.PrincipalName);
        open.FindComponent<ClaimButton>().Find("button").Click();
        open.WaitForAssertion(() => IsViewOnly(open).ShouldBeFalse());
    }

    [Theory]
    [InlineData("ringing", "Transferring to 1002…")]
    [InlineData("in-progress", "Transferred to 1002")]
    [InlineData("no-answer", "1002 did not answer")]
    public async Task Holder_DuringATransfer_SeesHowItGoesAndKeepsTheCall(string status, string words)
    {
        var call = await ClaimedAsync();
        var open = Shown(Amara, $"uui={call.Uui}");

        await ReferAsync(call);
        await TargetAsync(call, status);

        open.WaitForAssertion(() => TextOf(open).ShouldContain(words));
        IsViewOnly(open).ShouldBeFalse();
        open.HasRole("button", "Release").ShouldBeTrue();
    }

    [Fact]
    public async Task Holder_OfARefusedTransfer_IsToldThatTheCallIsStillTheirs()
    {
        var call = await ClaimedAsync();
        var open = Shown(Amara, $"uui={call.Uui}");

        await ReferAsync(call, "<tel:+61290000001>");

        open.WaitForAssertion(() => TextOf(open).ShouldContain("Transfers to +61 2 9000 0001 are not allowed"));
        TextOf(open).ShouldContain("The call is still yours. Your AgentPay administrator can allow this target.");
    }

    [Fact]
    public async Task Details_AfterAHandOverAndATransfer_NameBothToASupervisor()
    {
        var call = await ClaimedAsync();
        await ReferAsync(call);
        await TargetAsync(call, "in-progress");
        await ClaimAsync(call, Ben);

        var open = Shown(Priya, $"uui={call.Uui}");

        open.WaitForAssertion(() => TextOf(open).ShouldMatch("Handed over by ?Amara Okafor"));
        TextOf(open).ShouldMatch("Latest transfer ?Transferred to 1002, ");
    }

    [Fact]
    public async Task Holder_DuringEntry_IsToldWhenToTransfer()
    {
        var call = await ClaimedAsync();
        var open = Shown(Amara, $"uui={call.Uui}");
        open.WaitForAssertion(() => open.HasComponent<Stub<PaymentPanel>>().ShouldBeTrue());

        await ShowPaymentAsync(open, APayment.Capturing() with { Agent = Amara.PrincipalName });

        open.WaitForAssertion(() => TextOf(open).ShouldContain("between two fields, not while the caller is typing"));
        await ShowPaymentAsync(open, APayment.Succeeded() with { Agent = Amara.PrincipalName });
        open.WaitForAssertion(() => TextOf(open).ShouldNotContain("between two fields"));
    }

    private async Task<Call> ClaimedAsync()
    {
        var call = await CallsInAsync();
        await ClaimAsync(call, Amara);
        return call;
    }

    private Task<WebhookAnswer> ReferAsync(Call call, string target = "<sip:1002@pbx.example.org>") =>
        App.PostAsync($"/referHandler?UUI={call.Uui}", [.. Forms.CallsIn(call.PstnSid, "in-progress"), ("ReferTransferTarget", target)]);

    private Task<WebhookAnswer> TargetAsync(Call call, string status) =>
        App.PostAsync($"/referStatus?UUI={call.Uui}", Forms.PbxLeg(Target, call.PstnSid, status));

    private static readonly CallSid Target = CallsFixture.NewCall();
}
