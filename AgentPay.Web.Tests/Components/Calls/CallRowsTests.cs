using AgentPay.Web.Components.Calls;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Calls;
using Bunit;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>What is rendered of a long list, and again when calls change.</summary>
public sealed class CallRowsTests(CallsFixture fixture) : CallListContext(fixture)
{
    [Fact]
    public void Rows_ThreeHundredCalls_RendersThoseInViewAndSaysHowManyThereAre()
    {
        var list = Shown(Amara, ManyCalls(300));

        list.WaitForAssertion(() => Rows(list).Count.ShouldBeInRange(1, 150));
        Rows(list).Select(row => row.GetAttribute("aria-setsize")).Distinct().ShouldBe(["300"]);
        Rows(list).Select(row => row.GetAttribute("aria-posinset")).Take(3).ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public void Rows_OneCallChanges_RendersItsRowAlone()
    {
        var calls = ManyCalls(40);
        var list = Shown(Amara, calls);
        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(40));
        var rows = list.FindComponents<CallRow>().ToDictionary(row => row.Instance.Call.PstnSid);

        for (var update = 0; update < 10; update++)
        {
            calls[5] = calls[5] with { Status = update % 2 == 0 ? CallStatus.Ringing : CallStatus.InProgress };
            Publish(calls);
            list.WaitForAssertion(() => TextOf(Rows(list)[5])
                .ShouldContain(calls[5].Status == CallStatus.Ringing ? "Ringing" : "Connected"));
        }

        rows.Where(row => row.Value.RenderCount > 1).Select(row => row.Key).ShouldBe([calls[5].PstnSid]);
    }

    [Fact]
    public void Rows_NewCallOnTop_RendersTheNewRowAlone()
    {
        var calls = ManyCalls(40);
        var list = Shown(Amara, calls);
        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(40));
        var rows = list.FindComponents<CallRow>();

        Publish([ACall.Inbound("+61400999999"), .. calls]);

        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(41));
        rows.ShouldAllBe(row => row.RenderCount == 1);
    }
}
