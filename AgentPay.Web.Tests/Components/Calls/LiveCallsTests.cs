using AgentPay.Web.Calls;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Support;
using Bunit;
using MudBlazor;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>The list as a whole: loading, empty, delayed; calls that end; keyboard.</summary>
public sealed class LiveCallsTests(CallsFixture fixture) : CallListContext(fixture)
{
    [Fact]
    public void Calls_NoneReadYet_AreAwaitedByASkeleton()
    {
        var list = Shown(Amara);

        list.FindComponents<MudSkeleton>().Count.ShouldBe(3);
        list.HasRole("group", "Loading the calls…").ShouldBeTrue();
    }

    [Fact]
    public void Calls_NotReadForAWhile_SaysSoAndKeepsTrying()
    {
        var list = Shown(Amara);

        Advance(Timeouts.CallList);

        list.WaitForAssertion(() => TextOf(list).ShouldContain("AgentPay keeps trying"));
        Publish(ACall.Inbound());
        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(1));
    }

    [Fact]
    public void Calls_FeedIsDown_SaysSoAtOnce()
    {
        var list = Shown(Amara);

        Healths.Publish(CallPoller.SourceName, new FeedHealth(false, null, "Twilio Sync cannot be reached"));

        list.WaitForAssertion(() => TextOf(list).ShouldContain("Updates delayed."));
    }

    [Fact]
    public void Calls_Delayed_StayWithAStrip()
    {
        var list = Shown(Amara, ACall.Inbound());

        Healths.Publish(CallPoller.SourceName, new FeedHealth(false, Clock.GetUtcNow(), "Twilio Sync cannot be reached"));

        list.WaitForAssertion(() => TextOf(list).ShouldContain("Updates delayed."));
        Rows(list).Count.ShouldBe(1);
    }

    [Fact]
    public void Calls_None_SaysWhatWillFillTheList()
    {
        var list = Shown(Amara, []);

        list.WaitForAssertion(() =>
            TextOf(list).ShouldContain("When a customer calls, or your PBX calls a customer, the call appears here."));
    }

    [Fact]
    public void Rows_CallEnds_DropsOff()
    {
        var (stays, ends) = (ACall.Inbound("+61400000001"), ACall.Inbound("+61400000002"));
        var list = Shown(Amara, stays, ends);

        Publish(stays, ends with { Status = CallStatus.Completed });

        list.WaitForAssertion(() => TextOf(Rows(list).Single()).ShouldContain("001"));
    }

    [Fact]
    public void Rows_OpenCallEnds_StaysAndSaysSo()
    {
        var call = ACall.Inbound(claimedBy: Amara.PrincipalName);
        Publish(call);
        var list = RenderFor<LiveCalls>(Amara, p => p.Add(l => l.Pop, Pop($"callSid={call.PstnSid}")));

        Publish(call with { Status = CallStatus.Completed });

        list.WaitForAssertion(() => TextOf(Rows(list).Single()).ShouldContain("Call ended"));
        list.Find("li a").GetAttribute("aria-current").ShouldBe("true");
    }

    [Fact]
    public void Keyboard_Order_IsSearchFilterRows()
    {
        var list = Shown(Priya, ACall.Inbound());

        list.WaitForAssertion(() => list.FindAll("input, ul, a, button").Select(e => e.GetAttribute("type") ?? e.LocalName)
            .ShouldBe(["search", "radio", "radio", "radio", "ul", "a", "button"]));
        list.FindAll("[aria-live], [role=status], [role=alert]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Dispose_LeavesNoReader()
    {
        var list = Shown(Amara, ACall.Inbound());
        list.WaitForAssertion(() => Feed.Readers.ShouldBe(1));

        await DisposeComponentsAsync();

        (Feed.Readers, Healths.Readers).ShouldBe((0, 0));
    }
}
