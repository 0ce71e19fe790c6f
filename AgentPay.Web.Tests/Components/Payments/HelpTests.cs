using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>What helps the agent while the caller enters: the time that is left, more time, and a prompt when no key comes.</summary>
public sealed class HelpTests(PanelDesk desk) : PanelContext(desk)
{
    private const string NoKey = "No key for a minute";

    [Fact]
    public async Task Countdowns_WhileTheCallerEnters_ShowTheCaptureWindowAndTheTimeBetweenKeys()
    {
        var (panel, payment) = await ShowAsync(Capturing());
        panel.AllByRole("timer").Select(Text).ShouldBe(["5:00"]);
        Text(panel.Find(".clock")).ShouldContain("Between keys 0:05");

        Desk.Publish(payment.Apply(APayment.Partial(APayment.Card[0], "x", 0, APayment.Card)) with { CalledBackAt = Clock.GetUtcNow()
            .AddSeconds(-2) });

        panel.WaitForAssertion(() => panel.AllByRole("timer").Select(Text).ShouldBe(["5:00", "0:03"]));
        panel.AllByRole("timer").ShouldAllBe(timer => timer.GetAttribute("aria-live") == "off");
    }

    [Fact]
    public async Task Countdown_OfTheCaptureWindow_IsAnnouncedThirtyAndTenSecondsBeforeTheEnd()
    {
        var said = new List<string>();
        var (_, _) = await ShowAsync(Capturing());
        Announcer.Changed += () => said.Add(Announcer.Status);

        for (var second = 0; second < 300; second++) Advance(TimeSpan.FromSeconds(1));

        said.Where(words => words.Contains("seconds left", StringComparison.Ordinal))
            .ShouldBe(["30 seconds left to enter everything.", "10 seconds left to enter everything."]);
    }

    [Theory]
    [InlineData(false, "Ask whether the caller can see the keypad")]
    [InlineData(true, "or to press the hash key if everything is entered")]
    public async Task Prompt_AMinuteAfterTheLastKey_TellsWhatToDo(bool isEntering, string advice)
    {
        var (panel, payment) = await ShowAsync(Capturing());
        if (isEntering)
        {
            payment = Desk.Publish(payment.Apply(
                APayment.Partial(APayment.Card[0], "x", 0, APayment.Card)) with { CalledBackAt = Clock.GetUtcNow() });
            panel.WaitForAssertion(() => panel.AllByRole("timer").Count.ShouldBe(2));
        }

        Advance(TimeSpan.FromSeconds(59));
        panel.Markup.ShouldNotContain(NoKey);
        Advance(TimeSpan.FromSeconds(1));

        panel.WaitForAssertion(() => panel.Markup.ShouldContain(NoKey));
        panel.Markup.ShouldContain(advice);
        Advance(Web.Components.Live.Announcer.Pause);
        Announcer.Status.ShouldStartWith(NoKey);
        Desk.Publish(payment.Apply(APayment.Partial(APayment.Card[0], "xx", 1, APayment.Card)) with { CalledBackAt = Clock.GetUtcNow() });
        panel.WaitForAssertion(() => panel.Markup.ShouldNotContain(NoKey));
    }

    [Fact]
    public async Task Prompt_WhenEverythingIsCaptured_DoesNotAppear()
    {
        var (panel, _) = await ShowAsync(APayment.Ready() with { StartedAt = Clock.GetUtcNow(), PhaseSince = Clock.GetUtcNow() });

        Advance(TimeSpan.FromMinutes(2));

        panel.Markup.ShouldNotContain(NoKey);
    }

    [Fact]
    public async Task SlowKeying_Pressed_DoublesTheWindowAndOffersToStartAgain()
    {
        var (panel, _) = await ShowAsync(Capturing());

        await panel.InvokeAsync(() => panel.FindAll("button").Single(button => Text(button) == "Slow keying").Click());

        panel.WaitForAssertion(() => panel.Markup.ShouldContain("The caller has more time."));
        panel.AllByRole("timer").Select(Text).ShouldBe(["10:00"]);
        Text(panel.Find(".notice")).ShouldContain("The time between keys stays 5 s in this payment");
        Enabled(panel).ShouldContain("Start again with more time");
        panel.AllByRole("log").Single().TextContent.ShouldContain("Slow keying: the caller has more time.");
    }

    [Fact]
    public async Task StartAgainWithMoreTime_CancelsAndStartsInSlowKeyingMode()
    {
        var panel = ShowForm(CallSid.Parse(await Desk.Lab.CallAsync()));
        PressPrimary(panel);
        await PressAsync(panel, "Slow keying");
        var before = Desk.Host.Edge.Starts.Count;

        await PressAsync(panel, "Start again with more time");

        panel.WaitForAssertion(() => panel.Markup.ShouldContain("Between keys"));
        panel.WaitForAssertion(() => Desk.Host.Edge.Starts.Count.ShouldBe(before + 1));
        Desk.Host.Edge.Starts.Last()["Timeout"].ToString().ShouldBe("20");
        panel.WaitForAssertion(() => Text(panel.Find(".clock")).ShouldContain("0:20"));
    }

    [Fact]
    public async Task Form_WithSlowKeying_StartsInThatMode()
    {
        var panel = ShowForm(CallSid.Parse(await Desk.Lab.CallAsync()));
        await panel.InvokeAsync(() => panel.Find(".slow input").Change(true));

        PressPrimary(panel);

        panel.WaitForAssertion(() => Text(panel.Find(".clock")).ShouldContain("Slow keying is on"));
        Desk.Host.Edge.Starts.Last()["Timeout"].ToString().ShouldBe("20");
    }

    private static async Task PressAsync(IRenderedComponent<AgentPay.Web.Components.Payments.PaymentPanel> panel, string text)
    {
        panel.WaitForAssertion(() => Enabled(panel).ShouldContain(text));
        await panel.InvokeAsync(() => panel.FindAll("button").Single(button => Text(button) == text).Click());
    }

    private PaymentSession Capturing() => APayment.Capturing() with { StartedAt = Clock.GetUtcNow(), PhaseSince = Clock.GetUtcNow() };
}
