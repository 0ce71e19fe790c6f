using AgentPay.Web.ScreenPops;
using AgentPay.Web.Calls;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Support;
using Bunit;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>Calls that colleagues have handed over, on the screen of the agent who gets them.</summary>
public sealed class HandedCallsTests(CallsFixture fixture) : CallsConsole(fixture)
{
    private const string Words = "Amara Okafor handed this call to you";

    [Fact]
    public async Task HandedCall_IsShownAndAnnouncedUntilItIsOpened()
    {
        var call = await CallsInAsync();
        await ClaimAsync(call, Amara);
        var shown = Shown();
        shown.WaitForAssertion(() => Feed.IsWatched(CallDirectory.ListKey).ShouldBeTrue());

        await HandOverAsync(call);

        shown.WaitForAssertion(() => TextOf(shown).ShouldContain($"{Words}: +61 400 000 123"));
        Advance(Web.Components.Live.Announcer.Pause);
        Announcer.Status.ShouldStartWith(Words);
        shown.Find("a").GetAttribute("href")!.ShouldContain(call.Uui);

        shown.Render(p => p.Add(handed => handed.Pop, Pop($"callSid={call.PstnSid}")));
        TextOf(shown).ShouldBeEmpty();
        shown.Render(p => p.Add(handed => handed.Pop, new ScreenPop()));
        TextOf(shown).ShouldBeEmpty();
    }

    [Fact]
    public async Task CallsOfOthersAndOnesOwnClaims_AreNotShown()
    {
        var (given, claimed) = (await CallsInAsync(), await CallsInAsync("+61400000999"));
        await ClaimAsync(given, Ben);
        (await App.Directory.HandOverAsync(given.Uui, Ben, new(Amara.PrincipalName, Amara.Name), default))
            .ShouldBeOfType<ClaimOutcome.HandedOver>();
        await ClaimAsync(claimed, Ben);

        var shown = Shown();

        shown.WaitForAssertion(() => Feed.IsWatched(CallDirectory.ListKey).ShouldBeTrue());
        await shown.InvokeAsync(() => { });
        TextOf(shown).ShouldBeEmpty();
    }

    [Fact]
    public async Task OpenCall_HandedOverWhileOpen_SaysFromWhom()
    {
        var call = await CallsInAsync();
        await ClaimAsync(call, Amara);
        var open = RenderFor<OpenCall>(Ben, p => p.Add(o => o.Pop, Pop($"callSid={call.PstnSid}")));
        open.WaitForAssertion(() => TextOf(open).ShouldContain("Amara Okafor has this call"));

        await HandOverAsync(call);

        open.WaitForAssertion(() => TextOf(open).ShouldContain($"{Words}."));
        Advance(Web.Components.Live.Announcer.Pause);
        Announcer.Status.ShouldBe($"{Words}.");
        open.HasRole("button", "Release").ShouldBeTrue();
    }

    private async Task HandOverAsync(Call call) =>
        (await App.Directory.HandOverAsync(call.Uui, Amara, new(Ben.PrincipalName, Ben.Name), default))
            .ShouldBeOfType<ClaimOutcome.HandedOver>();

    private IRenderedComponent<HandedCalls> Shown() => RenderFor<HandedCalls>(Ben, p => p.Add(handed => handed.Pop, new ScreenPop()));
}
