using AgentPay.Web.Components.Calls;
using AgentPay.Web.ScreenPops;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>The words and links of one row.</summary>
public sealed class CallRowTests(CallsFixture fixture) : CallListContext(fixture)
{
    [Fact]
    public void Row_InboundCall_HasNumberDirectionDurationStateAndHolder()
    {
        var list = Shown(Amara, ACall.Inbound(at: Clock.GetUtcNow() - TimeSpan.FromSeconds(75)));

        list.WaitForAssertion(() => TextOf(Rows(list)[0]).ShouldContain("+61 400 000 123"));
        var text = TextOf(Rows(list)[0]);
        foreach (var words in (string[])["Incoming", "1:15", "Connected", "Unclaimed"]) text.ShouldContain(words);
    }

    [Theory]
    [InlineData("anonymous", "Number withheld")]
    [InlineData("+266696687", "Number withheld")]
    [InlineData(null, "Number withheld")]
    [InlineData("client:<b>bob</b>", "client:<b>bob</b>")]
    public void Row_CallerWithoutANumber_SaysSo(string? from, string expected)
    {
        var list = Shown(Amara, ACall.Inbound(from) with { To = null });

        list.WaitForAssertion(() => TextOf(Rows(list)[0]).ShouldContain(expected));
    }

    [Fact]
    public void Row_ItemOfThePredecessor_HasNoNumber()
    {
        var list = Shown(Amara, ACall.Inbound(from: null) with { To = null, Direction = null });

        list.WaitForAssertion(() => TextOf(Rows(list)[0]).ShouldContain("Unknown number"));
    }

    [Fact]
    public void Row_Number_IsSpokenDigitByDigitAndNoTelephoneLink()
    {
        var list = Shown(Amara, ACall.Inbound());

        list.WaitForAssertion(() => TextOf(Rows(list)[0]).ShouldContain("+ 6 1, 4 0 0, 0 0 0, 1 2 3"));
        list.Markup.ShouldNotContain("tel:");
    }

    [Fact]
    public void Row_UnlinkedCall_SaysSo()
    {
        var list = Shown(Amara, ACall.Outbound("CA1", isUnlinked: true), ACall.Outbound("crm-1"));

        list.WaitForAssertion(() => Rows(list).Select(TextOf).Count(text => text.Contains("Not linked to your CRM")).ShouldBe(1));
    }

    [Fact]
    public void Row_AnothersCall_SaysWhoseItIsAndCannotBeOpened()
    {
        var list = Shown(Amara, ACall.Inbound(claimedBy: Ben.PrincipalName) with { ClaimedByName = Ben.Name });

        list.WaitForAssertion(() => TextOf(Rows(list)[0]).ShouldContain($"Claimed by {Ben.Name}"));
        TextOf(Rows(list)[0]).ShouldNotContain("@");
        list.FindAll("a, button").ShouldBeEmpty();
    }

    [Fact]
    public void Row_ClaimWithoutAName_ShowsThePartBeforeTheAt()
    {
        var list = Shown(Amara, ACall.Inbound(claimedBy: Ben.PrincipalName));

        list.WaitForAssertion(() => TextOf(Rows(list)[0]).ShouldContain("Claimed by Ben"));
    }

    [Fact]
    public void Row_AnothersCallToASupervisor_CanBeOpenedAndTakenOver()
    {
        var list = Shown(Priya, ACall.Inbound(claimedBy: Ben.PrincipalName));

        list.WaitForAssertion(() => list.FindAll("li a").Count.ShouldBe(1));
        list.HasRole("button", "Take over + 6 1, 4 0 0, 0 0 0, 1 2 3").ShouldBeTrue();
    }

    [Fact]
    public void Row_OwnCall_LinksToItAndHasNoButton()
    {
        var call = ACall.Inbound(claimedBy: Amara.PrincipalName.ToUpperInvariant());
        var list = Shown(Amara, call);

        list.WaitForAssertion(() => list.Find("li a").GetAttribute("href").ShouldBe($"pay?callSid={call.PstnSid}"));
        list.FindAll("li button").ShouldBeEmpty();
    }

    [Fact]
    public void Row_UnclaimedCall_IsClaimedRatherThanOpened()
    {
        var list = Shown(Amara, ACall.Inbound());

        list.WaitForAssertion(() => list.HasRole("button", "Claim + 6 1, 4 0 0, 0 0 0, 1 2 3").ShouldBeTrue());
        list.FindAll("li a").ShouldBeEmpty();
    }

    [Fact]
    public void Row_DraftToCarry_StandsInTheLink()
    {
        Publish(ACall.Inbound(claimedBy: Amara.PrincipalName));
        var list = RenderFor<LiveCalls>(Amara, p => p.Add(l => l.Draft, new PaymentDraft(12.5m)));

        list.WaitForAssertion(() => list.Find("li a").GetAttribute("href")!.ShouldContain("&amount=12.5"));
    }
}
