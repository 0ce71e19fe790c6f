using System.Text.RegularExpressions;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using AgentPay.Web.Tests.Support;
using AngleSharp.Dom;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>What is shown and what screen readers announce, in every phase.</summary>
public sealed partial class MarkupTests(PanelDesk desk) : PanelContext(desk)
{
    public static TheoryData<PaymentPhase> Phases => [.. Enum.GetValues<PaymentPhase>()];

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task Markup_InEveryPhase_HoldsNoCardNumber(PaymentPhase phase)
    {
        var (panel, _) = await ShowAsync(APayment.In(phase) with { CardType = "visa" });

        CardNumbers(panel.Markup).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("4111111111111111")]
    [InlineData("4111 1111 1111 1111")]
    [InlineData("3782\u00a0822463\u00a010005")]
    public void CardNumbers_FindsWhatItLooksFor(string number) => CardNumbers($"<p>{number}</p>").ShouldHaveSingleItem();

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task Controls_InEveryPhase_HaveNames(PaymentPhase phase)
    {
        var (panel, _) = await ShowAsync(APayment.In(phase));

        foreach (var button in panel.FindAll("button"))
            (button.GetAttribute("aria-label") ?? Text(button)).ShouldNotBeNullOrWhiteSpace(button.OuterHtml);
        foreach (var chip in panel.FindComponents<Chip>()) Text(chip.Find("*")).ShouldNotBeNullOrWhiteSpace(chip.Markup);
        foreach (var dialog in panel.FindAll("dialog"))
            panel.Find("#" + dialog.GetAttribute("aria-labelledby")).TextContent.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Controls_OfTheForm_HaveLabels()
    {
        var panel = ShowForm();

        foreach (var input in panel.FindAll("#payment-form input")) panel.NameOf(input).ShouldNotBeNullOrWhiteSpace(input.OuterHtml);
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task Regions_AreNotLive(PaymentPhase phase)
    {
        var (panel, _) = await ShowAsync(APayment.In(phase));

        panel.FindAll("[aria-live]:not([aria-live=off]), [role=status], [role=alert]").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("xx")]
    [InlineData("xxx")]
    public async Task SecurityCode_WhileItIsEntered_DoesNotTellItsLength(string typed)
    {
        var capturing = APayment.Capturing();
        foreach (var field in APayment.Card[..2]) capturing = capturing.Apply(APayment.Captured(capturing, field)).Accepted();
        var (panel, _) = await ShowAsync(
            capturing.Apply(APayment.Partial(CaptureField.SecurityCode, typed, 50, CaptureField.SecurityCode)));

        Row(panel, CaptureField.SecurityCode).TextContent.Count(c => c == '•').ShouldBe(3);
        panel.Markup.ShouldNotContain("visa.svg");
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task Masks_AreNotReadOut(PaymentPhase phase)
    {
        var (panel, _) = await ShowAsync(APayment.In(phase));

        panel.FindAll("*").Where(e => e.ChildNodes.OfType<IText>().Any(t => t.Text.Contains('•')))
            .ShouldAllBe(e => e.Closest("[aria-hidden=true]") != null);
    }

    [GeneratedRegex(@"(?<![\w.])\d(?:[ \u00a0\u2009-]?\d){12,18}(?![\w.])")]
    private static partial Regex DigitRuns();

    private static IEnumerable<string> CardNumbers(string markup) =>
        DigitRuns().Matches(markup.Replace("&nbsp;", "\u00a0", StringComparison.Ordinal))
            .Select(m => new string([.. m.Value.Where(char.IsAsciiDigit)])).Where(IsLuhn);

    private static bool IsLuhn(string digits) =>
        digits.Reverse().Select((c, i) => i % 2 == 0 ? c - '0' : (c - '0') * 2 is var twice && twice > 9 ? twice - 9 : twice)
            .Sum() % 10 == 0;
}
