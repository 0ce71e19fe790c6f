using AgentPay.Web.Components;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.TwilioApi;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>The tables of words are complete, and no text states what is not known.</summary>
public sealed class WordsTests : ConsoleContext
{
    private IStringLocalizer<Words> L => Services.GetRequiredService<IStringLocalizer<Words>>();

    public static TheoryData<CaptureField> Fields => [.. Enum.GetValues<CaptureField>()];

    [Theory]
    [InlineData(2000, "This profile takes 1234.5 EUR at most.", "This profile takes 1.234,50\u00a0EUR at most.")]
    [InlineData(1_000_000, "This profile takes 1234.5 EUR at most.", "This profile takes 1.234,50\u00a0EUR at most.")]
    [InlineData(0.001, "EUR has 2 decimals; the amount has more.", "EUR has 2 decimals; the amount has more.")]
    [InCulture("de-DE")]
    public void Refusal_WithAnAmount_IsWrittenForTheViewerAndForTheWire(double amount, string wire, string screen)
    {
        var options = new PaymentsOptions { Profiles = { new() { Name = "Shop", Connector = "Default", Currency = "EUR",
            MaxAmount = { ["EUR"] = 1234.5m } } } };
        var planner = new PaymentPlanner(new(Microsoft.Extensions.Options.Options.Create(options)),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<PaymentPlanner>.Instance);

        var refused = planner.Plan(new(CallSid.Parse("CA" + new string('0', 32)), Amount: (decimal)amount)).Problem.ShouldNotBeNull();

        (refused.Words, refused.In(L)).ShouldBe((wire, screen));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Field_HasWords(CaptureField field)
    {
        var words = FieldWords.Of(field, L);

        words.Name.ShouldNotBeNullOrWhiteSpace();
        words.The.ShouldStartWith("the ");
        words.ToCaller.ShouldStartWith("Please ");
    }

    [Theory]
    [InlineData("xxxxxxxxxxxx1111", "visa", "•••• •••• •••• 1111", "Visa ending 1 1 1 1")]
    [InlineData("xxxxxxxxxxx0005", "amex", "•••• •••••• •0005", "American Express ending 0 0 0 5")]
    [InlineData("xxxxxxxxxx0004", "diners-club", "•••• •••••• 0004", "Diners Club ending 0 0 0 4")]
    [InlineData("xxxxxxxxxxxx1111", null, "•••• •••• •••• 1111", "Card ending 1 1 1 1")]
    [InlineData("xxxxxxxxxxxxxxx1111", "newbrand", "•••• •••• •••• •••1 111", "newbrand ending 1 1 1 1")]
    public void CardNumber_IsGroupedAsOnTheCard(string shown, string? brand, string text, string spoken)
    {
        var row = new CaptureRow(CaptureField.PaymentCardNumber, FieldProgress.Captured, shown);

        (MaskedEntry.Of(row, brand).Text(' '), FieldWords.Spoken(row, brand, L)).ShouldBe((text, spoken));
    }

    [Theory]
    [InCulture("en-US")]
    [InlineData(CaptureField.ExpirationDate, FieldProgress.Captured, "1230", "12/30", "December 2030")]
    [InlineData(CaptureField.ExpirationDate, FieldProgress.Entering, "1", "1·/··", "")]
    [InlineData(CaptureField.ExpirationDate, FieldProgress.Captured, null, "••/••", "")]
    [InlineData(CaptureField.SecurityCode, FieldProgress.Captured, "xxxx", "••••", "entered")]
    [InlineData(CaptureField.SecurityCode, FieldProgress.Entering, "x", "•••", "")]
    [InlineData(CaptureField.SecurityCode, FieldProgress.Asked, null, "···", "")]
    [InlineData(CaptureField.BankAccountNumber, FieldProgress.Captured, "*****92", "•••••92", "Account ending 9 2")]
    [InlineData(CaptureField.BankAccountNumber, FieldProgress.Entering, "**", "••·······", "")]
    [InlineData(CaptureField.PostalCode, FieldProgress.Captured, "94111", "94111", "9 4 1 1 1")]
    public void Entry_ShowsWhatTwilioShowsAndSpeaksIt(CaptureField field, FieldProgress progress, string? shown, string text, string spoken)
    {
        var row = new CaptureRow(field, progress, shown);

        (MaskedEntry.Of(row, null).Text('/'), FieldWords.Spoken(row, null, L)).ShouldBe((text, spoken));
    }
}
