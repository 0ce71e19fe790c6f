using AgentPay.Web.Calls;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using AngleSharp.Dom;
using Bunit;
using MudBlazor;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>The list of live calls, with snapshots as they come out of the feed. Sync itself is never reached here.</summary>
public sealed class LiveCallsTests(CallsFixture fixture) : CallsConsole(fixture)
{
    private long _version;

    public override async Task InitializeAsync() => Use(await CallsApp.StartAsync(Fixture.Sandbox, service: null));

    [Fact]
    public void Calls_NoneReadYet_AreAwaitedByASkeleton()
    {
        var list = Shown(Amara);

        list.FindComponents<MudSkeleton>().Count.ShouldBe(3);
        TextOf(list).ShouldContain("Loading the calls…");
    }

    [Fact]
    public void Calls_NotReadForAWhile_SaysSoAndKeepsTrying()
    {
        var list = Shown(Amara);

        Clock.Advance(LiveCalls.LoadTimeout);

        list.WaitForAssertion(() => TextOf(list).ShouldContain("AgentPay keeps trying"));
        Publish(ACall.Inbound());
        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(1));
    }

    [Fact]
    public void Calls_FeedIsDown_SaysSoAtOnce()
    {
        var list = Shown(Amara);

        Healths.Publish(CallPolls.SourceName, new FeedHealth(false, null, "Twilio Sync cannot be reached"));

        list.WaitForAssertion(() => TextOf(list).ShouldContain("The calls can't be loaded"));
    }

    [Fact]
    public void Calls_Delayed_StayWithAStrip()
    {
        var list = Shown(Amara, ACall.Inbound());

        Healths.Publish(CallPolls.SourceName, new FeedHealth(false, Clock.GetUtcNow(), "Twilio Sync cannot be reached"));

        list.WaitForAssertion(() => TextOf(list).ShouldContain("Updates delayed."));
        Rows(list).Count.ShouldBe(1);
    }

    [Fact]
    public void Calls_None_SaysWhatWillFillTheList()
    {
        var list = Shown(Amara, []);

        list.WaitForAssertion(() => TextOf(list).ShouldContain("When a customer calls, or your PBX calls a customer, the call appears here."));
    }

    [Fact]
    public void Row_InboundCall_HasNumberDirectionDurationStateAndHolder()
    {
        var list = Shown(Amara, ACall.Inbound(at: Clock.GetUtcNow() - TimeSpan.FromSeconds(75)));

        list.WaitForAssertion(() => TextOf(Rows(list)[0]).ShouldContain("+61 400 000 123"));
        var text = TextOf(Rows(list)[0]);
        foreach (var words in (string[])["Incoming", "1:15", "Connected", "Unclaimed"]) text.ShouldContain(words);
    }

    [Fact]
    public void Row_TimePasses_CountsOn()
    {
        var list = Shown(Amara, ACall.Inbound(at: Clock.GetUtcNow()));

        Clock.Advance(TimeSpan.FromSeconds(61));

        list.WaitForAssertion(() => TextOf(Rows(list)[0]).ShouldContain("1:01"));
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

        list.WaitForAssertion(() => TextOf(Rows(list)[0]).ShouldContain("Claimed by ben"));
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

    [Theory]
    [InlineData("0400 000 001", 1)]
    [InlineData("+61 400", 2)]
    [InlineData("CRM-47", 1)]
    [InlineData("ben@", 1)]
    [InlineData("Novak", 1)]
    [InlineData("4111111111111111", 0)]
    public void Search_Text_FindsByNumberUuiAndAgent(string text, int expected)
    {
        var list = Shown(Amara, ACall.Inbound("+61400000001"), ACall.Inbound("+61400000002", claimedBy: Ben.PrincipalName) with { ClaimedByName = Ben.Name }, ACall.Outbound("crm-4711") with { To = "+14155550123" });

        list.WaitForElement("input");
        list.FindByLabel("Find a call").Input(text);

        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(expected));
        if (expected > 0) return;
        TextOf(list).ShouldContain("No matching calls");
        list.FindByRole("button", "Show all calls").Click();
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
            list.FindByLabel("Find a call").Input(leg.ToString()[..20]);
            list.WaitForAssertion(() => Rows(list).Count.ShouldBe(1));
        }
    }

    [Theory]
    [InlineData("All", 3)]
    [InlineData("Mine", 1)]
    [InlineData("Unclaimed", 1)]
    public void Search_WhoseCalls_AreCountedAndShown(string whose, int expected)
    {
        var list = Shown(Amara, ACall.Inbound(), ACall.Inbound(claimedBy: Amara.PrincipalName), ACall.Inbound(claimedBy: Ben.PrincipalName));
        list.WaitForElement("[role=radiogroup][aria-label='Whose calls']");

        list.FindByLabel($"{whose} {expected}").Click();

        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(expected));
    }

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
            list.WaitForAssertion(() => TextOf(Rows(list)[5]).ShouldContain(calls[5].Status == CallStatus.Ringing ? "Ringing" : "Connected"));
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

    [Fact]
    public void Rows_TimePasses_RendersTheDurationsAlone()
    {
        var list = Shown(Amara, ACall.Inbound(at: Clock.GetUtcNow()));
        list.WaitForAssertion(() => TextOf(Rows(list)[0]).ShouldContain("0:00"));
        // bUnit counts a row's render for its duration too; the state renders with the row.
        var state = list.FindComponent<Chip>();

        Clock.Advance(TimeSpan.FromSeconds(5));

        list.WaitForAssertion(() => TextOf(Rows(list)[0]).ShouldContain("0:05"));
        state.RenderCount.ShouldBe(1);
    }

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
            Clock.Advance(Web.Components.Live.Announcer.Pause);
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

        Publish(first, ACall.Outbound("crm-1"), ACall.Inbound(claimedBy: Ben.PrincipalName), ACall.Inbound(at: Clock.GetUtcNow() - TimeSpan.FromHours(1)));

        list.WaitForAssertion(() => Rows(list).Count.ShouldBe(4));
        Clock.Advance(TimeSpan.FromSeconds(1));
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
        Clock.Advance(TimeSpan.FromSeconds(1));
        said.ShouldBe(["25 new calls"]);
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
        Clock.Advance(TimeSpan.FromSeconds(1));
        said.ShouldBeEmpty();
    }

    [Fact]
    public void Keyboard_Order_IsSearchFilterRows()
    {
        var list = Shown(Priya, ACall.Inbound());

        list.WaitForAssertion(() => list.FindAll("input, ul, a, button").Select(e => e.GetAttribute("type") ?? e.LocalName).ShouldBe(["search", "radio", "radio", "radio", "ul", "a", "button"]));
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

    private IRenderedComponent<LiveCalls> Shown(CurrentUser user, params Call[]? calls)
    {
        var list = RenderFor<LiveCalls>(user, _ => { });
        if (calls is not null) Publish(calls);
        return list;
    }

    private IRenderedComponent<LiveCalls> Shown(CurrentUser user) => Shown(user, null);

    private void Publish(params Call[] calls) => Feed.Publish(CallDirectory.ListKey, new(++_version, calls));

    private List<string> Heard()
    {
        var said = new List<string>();
        Announcer.Changed += () => said.Add(Announcer.Status);
        return said;
    }

    private static Call[] ManyCalls(int count) => [.. Enumerable.Range(0, count).Select(n => ACall.Inbound(FormattableString.Invariant($"+61400000{n:000}")))];

    private static IReadOnlyList<IElement> Rows(IRenderedComponent<LiveCalls> list) => RowsOf(list);

    private static string TextOf(INode node) => string.Join(' ', node.TextContent.Replace('\u00a0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
