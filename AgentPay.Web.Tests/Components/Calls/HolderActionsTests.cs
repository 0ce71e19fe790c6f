using AgentPay.Web.Components.Calls;
using AgentPay.Web.Handover;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Support;
using Bunit;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>The actions of the agent who has a call, over a real Sync service.</summary>
public sealed class HolderActionsTests(CallsFixture fixture) : CallsConsole(fixture)
{
    private readonly List<Call> _changes = [];
    private readonly List<string?> _problems = [];

    [Fact]
    public async Task Release_OfOnesCall_EndsTheClaim()
    {
        var (shown, call) = await ShowAsync();

        shown.Press("Release");

        shown.WaitForAssertion(() => _changes.ShouldHaveSingleItem().ClaimedBy.ShouldBeNull());
        (await Map.GetAsync(call.Uui))["claimedBy"].ShouldBeNull();
        JSInterop.Invocations["agentpay.focus"][^1].Arguments.Single().ShouldBe("#call-title");
    }

    [Fact]
    public async Task HandOver_OffersColleaguesAndGivesTheCallToTheChosenOne()
    {
        await App.Get<Colleagues>().ReportAsync(Amara, default);
        await App.Get<Colleagues>().ReportAsync(Ben, default);
        var (shown, call) = await ShowAsync();
        shown.Press("Hand over to…");
        shown.WaitForAssertion(() => shown.FindAll("option").Select(option => option.TextContent.Trim())
            .ShouldBe(["Choose a colleague", $"{Ben.Name} ({Ben.PrincipalName})"]));
        shown.FindByRole("button", "Hand over").HasAttribute("disabled").ShouldBeTrue();

        shown.Change("Hand over to", Ben.PrincipalName);
        shown.Press("Hand over");

        shown.WaitForAssertion(() => _changes.ShouldHaveSingleItem().ClaimedBy.ShouldBe(Ben.PrincipalName));
        var item = await Map.GetAsync(call.Uui);
        (item["claimedByName"], item["handedOverByName"]).ShouldBe((Ben.Name, Amara.Name));
    }

    [Fact]
    public async Task HandOver_WithNobodyElseThere_SaysSo()
    {
        await App.Get<Colleagues>().ReportAsync(Amara, default);
        var (shown, _) = await ShowAsync();

        shown.Press("Hand over to…");

        shown.WaitForAssertion(() => TextOf(shown).ShouldContain("No other agent has the console open right now."));
        shown.FindByRole("button", "Hand over").HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public async Task Release_AfterASupervisorTookOver_SaysWhoHasTheCall()
    {
        var (shown, call) = await ShowAsync();
        await ClaimAsync(call, Priya, takeOver: true);

        shown.Press("Release");

        shown.WaitForAssertion(() => _problems.ShouldContain($"{Priya.Name} has already claimed this call."));
        (await Map.GetAsync(call.Uui))["claimedBy"].ShouldBe(Priya.PrincipalName);
    }

    private async Task<(IRenderedComponent<HolderActions> Shown, Call Call)> ShowAsync()
    {
        var call = await CallsInAsync();
        await ClaimAsync(call, Amara);
        var shown = RenderFor<HolderActions>(Amara, p => p
            .Add(actions => actions.Call, call with { ClaimedBy = Amara.PrincipalName })
            .Add(actions => actions.User, Amara)
            .Add(actions => actions.OnChange, _changes.Add)
            .Add(actions => actions.OnProblem, _problems.Add));
        return (shown, call);
    }
}
