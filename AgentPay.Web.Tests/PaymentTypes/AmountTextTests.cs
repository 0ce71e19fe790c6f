using System.Globalization;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Tests.PaymentTypes;

/// <summary>Amounts as people type them.</summary>
public sealed class AmountTextTests
{
    [Theory]
    [InlineData("de-DE", "12,50", 12.50)]
    [InlineData("de-DE", "1.250,00", 1250)]
    [InlineData("de-DE", "1.234.567", 1234567)]
    [InlineData("en-US", "12.50", 12.50)]
    [InlineData("en-US", "1,250.5", 1250.5)]
    [InlineData("en-US", " 120 ", 120)]
    [InlineData("en-AU", "0.500", 0.5)]
    [InlineData("fr-FR", "1 234,50", 1234.50)]
    [InlineData("fr-FR", "1\u00a0234,50", 1234.50)]
    [InlineData("fr-FR", "1\u202f234,50", 1234.50)]
    [InlineData("de-CH", "1'234.50", 1234.50)]
    [InlineData("de-CH", "1’234.50", 1234.50)]
    [InlineData("en-IN", "1,00,000.00", 100000)]
    [InlineData("en-IN", "100,000.00", 100000)]
    [InlineData("hi-IN", "1,00,000.00", 100000)]
    [InlineData("ar-EG", "٩٩٫٥٠", 99.50)]
    [InlineData("ar-EG", "12.50", 12.50)]
    [InlineData("ar-EG", "١٬٢٣٤٫٥٠", 1234.50)]
    [InlineData("fa-IR", "۹۹٫۵۰", 99.50)]
    [InlineData("fa-IR", "٩٩٫٥٠", 99.50)]
    [InlineData("fa-IR", "12.50", 12.50)]
    public void Parse_WrittenAsInThisCulture_ReadsTheAmount(string culture, string text, double amount) =>
        Parse(text, culture).Amount.ShouldBe((decimal)amount);

    [Theory]
    [InlineData("de-DE", "12.50")]
    [InlineData("de-DE", "1.25")]
    [InlineData("de-DE", "1,00,000.00")]
    [InlineData("en-US", "12,50")]
    [InlineData("en-US", "1,2500")]
    [InlineData("en-US", "1,00,000.00")]
    [InlineData("en-US", "1.234,50")]
    [InlineData("en-US", "1,234.567.8")]
    [InlineData("en-US", "-5")]
    [InlineData("en-US", "1e3")]
    [InlineData("en-US", "$5")]
    [InlineData("en-US", ".5")]
    [InlineData("en-US", "5.")]
    [InlineData("en-US", "")]
    [InlineData("en-US", null)]
    [InlineData("en-US", "99999999999999999999999999999999")]
    public void Parse_NotAnAmountInThisCulture_ReadsNothing(string culture, string? text)
    {
        var read = Parse(text, culture);

        (read.Amount, read.Readings).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("de-DE", "1.234")]
    [InlineData("de-DE", "1,234")]
    [InlineData("en-AU", "1.234")]
    [InlineData("en-AU", "1,234")]
    [InlineData("ar-EG", "1.234")]
    public void Parse_AmbiguousSeparator_ReturnsBothReadings(string culture, string text)
    {
        var read = Parse(text, culture);

        (read.Amount, read.Readings).ShouldBe((null, (1234m, 1.234m)));
    }

    [Theory]
    [InlineData("en-AU", "1.234")]
    [InlineData("de-DE", "1,234")]
    public void Parse_CurrencyWithThreeDecimals_ReadsTheDecimalSeparatorOfTheCulture(string culture, string text) =>
        Parse(text, culture, decimals: 3).Amount.ShouldBe(1.234m);

    [Theory]
    [InlineData("en-IN")]
    [InlineData("ar-EG")]
    [InlineData("fa-IR")]
    [InlineData("de-CH")]
    [InlineData("fr-FR")]
    public void Format_InACulture_IsReadAgain(string culture) =>
        Parse(AmountText.Format(100000.5m, CultureInfo.GetCultureInfo(culture)), culture).Amount.ShouldBe(100000.5m);

    private static AmountText Parse(string? text, string culture, int decimals = 2) =>
        AmountText.Parse(text, CultureInfo.GetCultureInfo(culture), decimals);
}
