using AgentPay.Web.Components.Calls;
using AgentPay.Web.Components.Layout;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Calls;
using Bunit;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>Announcements of new calls.</summary>
public sealed class NewCallTests(CallsFixture fixture) : CallListContext(fixture)
{
    [Fact]
    public void Announce_NewInboundCall_IsSaidOnceHoweverOftenItChanges()
    {
        var said = Heard();
        var first = ACall.Inbound("+61400000001");
        var list = Shown(Amara, first);
        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(1));

        var second = ACall.Inbound("+61400000002", status: CallStatus.Ringing);
        for (var seconds = 1; seconds <= 25; seconds++)
        {
            var lasts = seconds;
            Publish(first, second with { At = Clock.GetUtcNow() - TimeSpan.FromSeconds(lasts) });
            list.WaitForAssertion(() => TextOf(Rows(list)[1]).ShouldContain(FormattableString.Invariant($" 0:{lasts:00}")));
            Advance(Web.Components.Live.Announcer.Pause);
        }

        said.ShouldBe(["New call from + 6 1, 4 0 0, 0 0 0, 0 0 2"]);
    }

    [Fact]
    public void Announce_CallsThatWereThereOrAreNotForMe_AreNot()
    {
        var said = Heard();
        var first = ACall.Inbound();
        var list = Shown(Amara, first);
        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(1));

        Publish(first, ACall.Outbound("crm-1"), ACall.Inbound(claimedBy: Ben.PrincipalName),
            ACall.Inbound(at: Clock.GetUtcNow() - TimeSpan.FromHours(1)));

        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(4));
        Advance(TimeSpan.FromSeconds(1));
        said.ShouldBeEmpty();
    }

    [Fact]
    public void Announce_SeveralAtOnce_IsOneSentence()
    {
        var said = Heard();
        var list = Shown(Amara, []);
        list.WaitForAssertion(() => TextOf(list).ShouldContain("No calls right now"));

        Publish([.. Enumerable.Range(0, 25).Select(_ => ACall.Inbound())]);

        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(25));
        Advance(TimeSpan.FromSeconds(1));
        said.ShouldBe(["25 new calls"]);
        list.WaitForAssertion(() => JSInterop.Invocations["agentpay.alertCall"].Single().Arguments.ShouldBe(["25 new calls"]));
    }

    [Fact]
    public void Announce_AgentIsWithACustomer_IsSilent()
    {
        var said = Heard();
        Publish();
        var list = RenderFor<LiveCalls>(Amara, p => p.Add(l => l.IsBusy, true));
        list.WaitForAssertion(() => TextOf(list).ShouldContain("No calls right now"));

        Publish(ACall.Inbound());

        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(1));
        Advance(TimeSpan.FromSeconds(1));
        said.ShouldBeEmpty();
        JSInterop.Invocations["agentpay.alertCall"].ShouldBeEmpty();
    }

    [Fact]
    public void AlertMenu_BeforeAnyChoice_HasNothingSwitchedOn()
    {
        var menu = RenderFor<CallAlertMenu>(Amara, _ => { });

        menu.FindAll("input[data-call-alert]").Select(box => (box.GetAttribute("value"), box.HasAttribute("checked")))
            .ShouldBe([("sound", false), ("notice", false)]);
    }
}
