using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>Search by text and filter.</summary>
public sealed class CallSearchTests(CallsFixture fixture) : CallListContext(fixture)
{
    [Theory]
    [InlineData("0400 000 001", 1)]
    [InlineData("+61 400", 2)]
    [InlineData("CRM-47", 1)]
    [InlineData("ben@", 1)]
    [InlineData("Novak", 1)]
    [InlineData("4111111111111111", 0)]
    public void Search_Text_FindsByNumberUuiAndAgent(string text, int expected)
    {
        var list = Shown(Amara, ACall.Inbound("+61400000001"), ACall.Inbound("+61400000002",
            claimedBy: Ben.PrincipalName) with { ClaimedByName = Ben.Name }, ACall.Outbound("crm-4711") with { To = "+14155550123" });

        list.WaitForElement("input");
        list.Enter("Find a call", text);

        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(expected));
        if (expected > 0) return;
        TextOf(list).ShouldContain("No matching calls");
        list.Press("Show all calls");
        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(3));
    }

    [Fact]
    public void Search_BySid_FindsEitherLeg()
    {
        var call = ACall.Outbound("crm-1");
        var list = Shown(Amara, call, ACall.Inbound());

        foreach (var leg in new[] { call.PstnSid, call.SipSid!.Value })
        {
            list.WaitForElement("input");
            list.Enter("Find a call", leg.ToString()[..20]);
            list.WaitForAssertion(() => Rows(list).Count.ShouldBe(1));
        }
    }

    [Theory]
    [InlineData("All", 3)]
    [InlineData("Mine", 1)]
    [InlineData("Unclaimed", 1)]
    public void Search_WhoseCalls_AreCountedAndShown(string whose, int expected)
    {
        var list = Shown(Amara, ACall.Inbound(), ACall.Inbound(claimedBy: Amara.PrincipalName),
            ACall.Inbound(claimedBy: Ben.PrincipalName));
        list.WaitForElement("[role=radiogroup][aria-label='Whose calls']");

        list.Choose($"{whose} {expected}");

        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(expected));
    }
}
