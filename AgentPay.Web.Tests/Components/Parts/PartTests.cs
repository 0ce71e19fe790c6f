using AgentPay.Web.PaymentTypes;
using System.Globalization;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.Tests.Support;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Components.Parts;

public sealed class PartTests : ConsoleContext
{
    [Theory]
    [InlineData("en-US", 1234.5, "AUD", "1,234.50 AUD")]
    [InlineData("de-DE", 1234.5, "EUR", "1.234,50 EUR")]
    [InlineData("en-US", 1234, "JPY", "1,234 JPY")]
    [InlineData("en-US", 1.5, "KWD", "1.500 KWD")]
    [InlineData("en-US", 5, "XYZ", "5.00 XYZ")]
    public void Amount_InACulture_HasItsNumbersAndTheCurrencysDecimals(string culture, double amount, string currency, string shown)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            Amounts.Show((decimal)amount, currency).ShouldBe(shown.Replace(' ', '\u00a0'));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(-3, "0:00")]
    [InlineData(9, "0:09")]
    [InlineData(75, "1:15")]
    [InlineData(3661, "1:01:01")]
    public void Elapsed_SinceAMoment_IsMinutesAndSeconds(int seconds, string shown) =>
        Render<Elapsed>(p => p.Add(e => e.Since, Clock.GetUtcNow().AddSeconds(-seconds))).Find("[role=timer]").TextContent.ShouldBe(shown);

    [Fact]
    public void Elapsed_Shown_TellsTheBrowserWhereToCountFromAndIsNotAnnounced()
    {
        var timer = Render<Elapsed>(p => p.Add(e => e.Since, DateTimeOffset.UnixEpoch.AddSeconds(7))).Find("[role=timer]");

        timer.GetAttribute("data-since").ShouldBe("7000");
        timer.GetAttribute("aria-live").ShouldBe("off");
    }

    [Fact]
    public void After_OnceTheTimeHasPassed_ShowsItsContentAndSaysSo()
    {
        var isDue = false;
        var after = Render<After>(p => p.Add(a => a.Wait, TimeSpan.FromSeconds(5)).Add(a => a.OnDue, () => isDue = true)
            .AddChildContent("late"));

        Advance(TimeSpan.FromSeconds(4.9));
        after.Markup.ShouldBeEmpty();
        Advance(TimeSpan.FromSeconds(0.1));

        after.WaitForAssertion(() => after.Markup.ShouldBe("late"));
        after.WaitForAssertion(() => isDue.ShouldBeTrue());
    }

    [Fact]
    public void ActionButton_WhileItsActionRuns_IgnoresAPressUntilItsTextNamesAnotherAction()
    {
        var (presses, isNeverDone) = (0, new TaskCompletionSource());
        var button = Render<ActionButton>(p => p.Add(b => b.Text, "Take")
            .Add(b => b.OnPress, () => { presses++; return isNeverDone.Task; }));

        _ = button.Find("button").ClickAsync(new());
        _ = button.Find("button").ClickAsync(new());
        presses.ShouldBe(1);

        button.Render(p => p.Add(b => b.Text, "New payment"));
        _ = button.Find("button").ClickAsync(new());
        presses.ShouldBe(2);
    }

    [Theory]
    [InlineData(true, "Copied")]
    [InlineData(false, "The browser does not allow copying here. Select the text instead.")]
    public void CopyButton_Pressed_ShowsAndAnnouncesTheResultUntilTheFocusLeaves(bool isAllowed, string result)
    {
        JSInterop.Setup<bool>("agentpay.copy", "INV-1").SetResult(isAllowed);
        var copy = Render<CopyButton>(p => p.Add(b => b.Value, "INV-1").Add(b => b.What, "reference"));

        copy.Press("Copy reference");
        Advance(Announcer.Pause);

        copy.WaitForAssertion(() => copy.Find("span.quiet").TextContent.ShouldBe(result));
        Announcer.Status.ShouldBe(result);

        copy.FindByRole("button", "Copy reference").Blur();

        copy.WaitForAssertion(() => copy.Markup.ShouldNotContain(result));
    }

    [Fact]
    public void PanelBoundary_AroundAPageThatThrows_ReloadsByTheBrowser()
    {
        Failing.Fails = true;

        var page = Render<PanelBoundary>(p => p.Add(b => b.IsPage, true).AddChildContent<Failing>());

        page.FindByRole("button", "Reload the page").HasAttribute("data-reload").ShouldBeTrue();
        page.Markup.ShouldContain("A payment in progress continues");
    }

    [Fact]
    public void PanelBoundary_AroundAPanelThatThrows_ShowsTheReferenceOfTheLogAndReloads()
    {
        var log = new KeptLog();
        Services.AddLogging(logging => logging.AddProvider(log));
        Failing.Fails = true;
        var panel = Render<PanelBoundary>(p => p.AddChildContent<Failing>());

        var notice = panel.Find("div").TextContent;
        var reference = notice[(notice.IndexOf("Reference: ", StringComparison.Ordinal) + 11)..][..10];
        log.Lines.ShouldContain(line => line.Contains(reference) && line.Contains("the secret of the inside"));
        notice.ShouldNotContain("secret");
        Failing.Fails = false;
        panel.Press("Reload this panel");

        panel.WaitForAssertion(() => panel.Markup.ShouldBe("works"));
    }

    private sealed class Failing : ComponentBase
    {
        public static bool Fails { get; set; }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            if (Fails) throw new InvalidOperationException("the secret of the inside");
            builder.AddContent(0, "works");
        }
    }
}
