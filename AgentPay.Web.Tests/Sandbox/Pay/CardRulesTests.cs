using System.Globalization;
using AgentPay.Web.Sandbox;
using AgentPay.Web.Sandbox.Pay;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>The pure rules of numbers, dates and amounts.</summary>
public sealed class CardRulesTests
{
    [Theory]
    [InlineData("4111111111111111", true)]
    [InlineData("4111111111111112", false)]
    [InlineData("378282246310005", true)]
    [InlineData("1411111111111111", false)]
    [InlineData("0", true)]
    [InlineData("", false)]
    public void Luhn_OfDigits_Holds(string digits, bool holds) => Luhn.IsValid(digits).ShouldBe(holds);

    [Theory]
    [InlineData("4", "visa", 16, 3)]
    [InlineData("51", "mastercard", 16, 3)]
    [InlineData("2221", "mastercard", 16, 3)]
    [InlineData("2720", "mastercard", 16, 3)]
    [InlineData("2220", "unknown", 19, 3)]
    [InlineData("34", "amex", 15, 4)]
    [InlineData("644", "discover", 16, 3)]
    [InlineData("3589", "jcb", 16, 3)]
    [InlineData("36", "diners-club", 16, 3)]
    [InlineData("2014", "enroute", 15, 3)]
    [InlineData("6771", "maestro", 19, 3)]
    [InlineData("1", "unknown", 19, 3)]
    public void Brand_OfAPrefix_HasItsLengths(string prefix, string name, int fullLength, int securityCode)
    {
        var brand = TwilioCardType.Of(prefix);

        (brand.Name, brand.FullLength, brand.SecurityCodeLength).ShouldBe((name, fullLength, securityCode));
    }

    [Theory]
    [InlineData("visa", "13 16 19")]
    [InlineData("mastercard", "16")]
    [InlineData("amex", "15")]
    [InlineData("diners-club", "14 15 16 17 18 19")]
    [InlineData("jcb", "16 17 18 19")]
    [InlineData("maestro", "12 13 14 15 16 17 18 19")]
    public void HasLength_OfABrand_IsAsDocumented(string name, string lengths)
    {
        var brand = TwilioCardType.Named.Single(b => b.Name == name);

        string.Join(' ', Enumerable.Range(0, 25).Where(brand.HasLength)).ShouldBe(lengths);
    }

    [Theory]
    [InlineData("1126", true)]
    [InlineData("1026", false)]
    [InlineData("0127", true)]
    [InlineData("1125", false)]
    [InlineData("1327", false)]
    [InlineData("127", false)]
    public void ExpirationDate_InNovember2026_IsGood(string digits, bool good) =>
        ExpirationDate.IsValid(digits, new(2026, 11, 30, 23, 59, 59, TimeSpan.Zero)).ShouldBe(good);

    [Fact]
    public void ExpirationDate_WhereAnotherMonthHasBegun_FollowsUtc() =>
        ExpirationDate.IsValid("1126", new(2026, 12, 1, 9, 0, 0, TimeSpan.FromHours(10))).ShouldBeTrue();

    [Theory]
    [InlineData("9.9", "USD", "9.90")]
    [InlineData("1234.5", "eur", "1234.50")]
    [InlineData("100", "JPY", "100")]
    [InlineData("1.2", "KWD", "1.200")]
    [InlineData("0.0001", "CLF", "0.0001")]
    [InlineData(null, "USD", "0.00")]
    [InlineData("000005", "USD", "5.00")]
    public void ChargeAmount_ReadAndFormatted_HasTheCurrencysDecimals(string? text, string code, string formatted)
    {
        var currency = Iso4217Currency.Find(code)!;

        InGerman(() => currency.Format(ChargeAmountParser.Read(text, currency))).ShouldBe(formatted);
    }

    [Theory]
    [InlineData("9.999", "USD")]
    [InlineData("1.5", "JPY")]
    [InlineData("9,99", "USD")]
    [InlineData("-0.01", "USD")]
    [InlineData("1000000.00", "USD")]
    public void ChargeAmount_ThatCannotBe_Is64003(string text, string code) =>
        InGerman(() => Should.Throw<ApiError>(() => ChargeAmountParser.Read(text, Iso4217Currency.Find(code)!)).Code).ShouldBe(64003);

    [Theory]
    [InlineData("XXX")]
    [InlineData("EURO")]
    [InlineData("")]
    public void Currency_ThatDoesNotExist_IsNotFound(string code) => Iso4217Currency.Find(code).ShouldBeNull();

    [Theory]
    [InlineData("payment-card-number", PayField.CardNumber, false)]
    [InlineData("postal-code-matcher", PayField.PostalCode, true)]
    [InlineData("bank-account-number", PayField.BankAccountNumber, false)]
    public void CaptureStep_Parsed_KeepsItsName(string name, PayField field, bool isMatcher)
    {
        var step = CaptureStep.Parse(name);

        step.ShouldBe(new CaptureStep(field, isMatcher));
        step!.Value.Name.ShouldBe(name);
    }

    private static T InGerman<T>(Func<T> read)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new("de-DE");
        try
        {
            return read();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
