using AgentPay.Web.Components.Calls;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Support;
using Bunit;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>Claims over a real Sync service.</summary>
public sealed class ClaimButtonTests(CallsFixture fixture) : CallsConsole(fixture)
{
    private Call? _claimed;

    [Fact]
    public async Task Claim_FreeCall_IsTheAgents()
    {
        var call = await CallsInAsync();

        var button = Shown(Amara, call);

        button.Find("button").Click();

        button.WaitForAssertion(() => _claimed.ShouldNotBeNull().ClaimedBy.ShouldBe(Amara.PrincipalName));
        (await Map.GetAsync(call.Uui))["claimedByName"].ShouldBe(Amara.Name);
    }

    [Fact]
    public async Task Claim_AnotherWasQuicker_SaysWho()
    {
        var call = await CallsInAsync();
        var button = Shown(Amara, call);
        await ClaimAsync(call, Ben);

        button.Find("button").Click();

        button.WaitForAssertion(() => TextOf(button).ShouldContain($"{Ben.Name} has already claimed this call."));
        _claimed.ShouldBeNull();
    }

    [Fact]
    public async Task Claim_TwoAgentsAtOnce_OneGetsIt()
    {
        var call = await CallsInAsync();
        var got = new List<Call>();
        var buttons = new[] { Amara, Ben }.Select(agent =>
            RenderFor<ClaimButton>(agent, p => p.Add(b => b.Call, call).Add(b => b.User, agent).Add(b => b.OnClaimed, got.Add))).ToList();

        await Task.WhenAll(buttons.Select(button => button.Find("button").ClickAsync(new())));

        buttons[0].WaitForAssertion(() => got.Count.ShouldBe(1));
        buttons.Count(button => TextOf(button).Contains("has already claimed this call.")).ShouldBe(1);
    }

    [Fact]
    public async Task Claim_CallHasEnded_SaysSo()
    {
        var call = await CallsInAsync();
        var button = Shown(Amara, call);
        await EndsAsync(call);

        button.Find("button").Click();

        button.WaitForAssertion(() => TextOf(button).ShouldContain("This call has ended."));
    }

    [Fact]
    public void TakeOver_Supervisor_IsAskedFirst()
    {
        var button = Shown(Priya, ACall.Inbound(claimedBy: Ben.PrincipalName));
        button.AllByRole("dialog").ShouldBeEmpty();

        button.Find("button").Click();

        var dialog = button.FindByRole("dialog", "Take over this call and its payment?");
        dialog.TextContent.ShouldContain("Tell ben first.");
        JSInterop.Invocations["agentpay.open"].Single().Arguments.Single().ShouldBe(dialog.Id);
        button.Find("button").GetAttribute("data-opens").ShouldBe(dialog.Id);
        _claimed.ShouldBeNull();
    }

    [Fact]
    public void TakeOver_Declined_LeavesTheCall()
    {
        var button = Shown(Priya, ACall.Inbound(claimedBy: Ben.PrincipalName));
        button.Find("button").Click();

        button.Press("Leave it");

        _claimed.ShouldBeNull();
    }

    [Fact]
    public async Task TakeOver_Confirmed_IsTheSupervisors()
    {
        var call = await CallsInAsync();
        await ClaimAsync(call, Ben);
        var button = Shown(Priya, call with { ClaimedBy = Ben.PrincipalName });

        button.Find("button").Click();
        button.Press("Take it over");

        button.WaitForAssertion(() => _claimed.ShouldNotBeNull().ClaimedBy.ShouldBe(Priya.PrincipalName));
    }

    private IRenderedComponent<ClaimButton> Shown(CurrentUser user, Call call) =>
        RenderFor<ClaimButton>(user, p => p.Add(b => b.Call, call).Add(b => b.User, user)
            .Add(b => b.OnClaimed, claimed => _claimed = claimed));
}
