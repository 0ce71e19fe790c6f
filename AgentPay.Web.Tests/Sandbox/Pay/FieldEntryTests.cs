using AgentPay.Web.Sandbox.Pay;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Pay;

/// <summary>The entry of each kind of field: when it ends, its mask, its errors.</summary>
public sealed class FieldEntryTests
{
    [Theory]
    [InlineData("4111111111111111", 16)]
    [InlineData("378282246310005", 15)]
    [InlineData("5555555555554444", 16)]
    [InlineData("6011111111111117", 16)]
    [InlineData("3566002020360505", 16)]
    [InlineData("3056930009020004", 16)]
    [InlineData("6200000000000005", 16)]
    [InlineData("201400000000009", 15)]
    [InlineData("6771798021000008000", 19)]
    [InlineData("1111111111111111111", 19)]
    public void CardNumber_TypedDigitByDigit_EndsByItselfAtItsLength(string digits, int length) =>
        FullAfter(new CardNumberEntry(AllTypes), digits).ShouldBe(length);

    [Theory]
    [InlineData("4222222222222", null)]
    [InlineData("30569309025904", null)]
    [InlineData("41111111111111", "invalid-card-number")]
    [InlineData("378282246310", "invalid-card-number")]
    [InlineData("6771798021000008", null)]
    public void CardNumber_EndedEarly_IsGoodOnlyAtALengthOfItsBrand(string digits, string? problem) =>
        Typed(new CardNumberEntry(AllTypes), digits).Validate().ShouldBe(problem);

    [Theory]
    [InlineData("411111111111", true)]
    [InlineData("4111111111111", false)]
    [InlineData("37828224631000", true)]
    [InlineData("", true)]
    public void CardNumber_ShorterThanItsBrandCanBe_IsTooShort(string digits, bool tooShort) =>
        Typed(new CardNumberEntry(AllTypes), digits).IsTooShort.ShouldBe(tooShort);

    [Theory]
    [InlineData("visa", "1234", 3)]
    [InlineData("amex", "12345", 4)]
    public void SecurityCode_TypedDigitByDigit_EndsByItselfAtItsLength(string brand, string digits, int length) =>
        FullAfter(new SecurityCodeEntry(TwilioCardType.Named.Single(b => b.Name == brand)), digits).ShouldBe(length);

    [Fact]
    public void OtherFields_TypedDigitByDigit_EndByThemselvesAtTheirLength()
    {
        var digits = new string('1', 30);

        FullAfter(new ExpirationDateEntry(new ManualClock()), digits).ShouldBe(4);
        FullAfter(new PostalCodeEntry(1), digits).ShouldBe(10);
        FullAfter(new BankRoutingNumberEntry(), digits).ShouldBe(9);
        FullAfter(new BankAccountNumberEntry(), digits).ShouldBe(17);
    }

    [Fact]
    public void Masks_OfEachField_HideWhatTwilioHides()
    {
        Masks(new CardNumberEntry(AllTypes), PayCall.Amex).ShouldBe(("xxxxxxxxxxxxxxx", "xxxxxxxxxxx0005"));
        Masks(new SecurityCodeEntry(TwilioCardType.Amex), "1234").ShouldBe(("xxxx", "xxxx"));
        Masks(new ExpirationDateEntry(new ManualClock()), "1230").ShouldBe(("1230", "1230"));
        Masks(new PostalCodeEntry(1), "94111").ShouldBe(("94111", "94111"));
        Masks(new BankRoutingNumberEntry(), "021000021").ShouldBe(("021000021", "021000021"));
        Masks(new BankAccountNumberEntry(), "123456792").ShouldBe(("*********", "*******92"));
    }

    [Theory]
    [InlineData("021000021", null)]
    [InlineData("110000000", null)]
    [InlineData("012000021", "invalid-bank-routing-number")]
    [InlineData("02100002", "invalid-bank-routing-number")]
    public void RoutingNumber_ByItsChecksum_IsGood(string digits, string? problem) =>
        Typed(new BankRoutingNumberEntry(), digits).Validate().ShouldBe(problem);

    private static HashSet<TwilioCardType> AllTypes => [.. TwilioCardType.Named];

    private static (string MaskedInput, string MaskedValue) Masks(FieldEntry entry, string digits) =>
        (Typed(entry, digits).MaskedInput, entry.MaskedValue);

    private static FieldEntry Typed(FieldEntry entry, string digits)
    {
        foreach (var digit in digits) entry.Add(digit);
        return entry;
    }

    private static int FullAfter(FieldEntry entry, string digits)
    {
        foreach (var digit in digits)
        {
            entry.Add(digit);
            if (entry.IsFull) break;
        }
        return entry.Digits.Length;
    }
}
