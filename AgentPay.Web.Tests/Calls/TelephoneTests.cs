using AgentPay.Web.Calls;
using AgentPay.Web.Tests.TwilioApi;

namespace AgentPay.Web.Tests.Calls;

public sealed class TelephoneTests
{
    [Theory]
    [InlineData("+61400000000", "+61 400 000 000")]
    [InlineData("+61280000000", "+61 2 8000 0000")]
    [InlineData("+14155550100", "+1 415 555 0100")]
    [InlineData("+442079460018", "+44 20 7946 0018")]
    [InlineData("+4930901820", "+49 30 901820")]
    [InlineData("+33123456789", "+33 1 23 45 67 89")]
    [InlineData("+390612345678", "+39 06 1234 5678")]
    [InlineData("+81312345678", "+81 3 1234 5678")]
    [InlineData("+12", "+12")]
    [InlineData("+61", "+61")]
    [InlineData("+610400000000", "+610400000000")]
    [InlineData("+99999999999", "+99999999999")]
    [InlineData("sip:+61400000123@pbx.example.org", "+61 400 000 123")]
    [InlineData("client:amara", "client:amara")]
    public void Show_Address_IsGrouped(string address, string expected) =>
        Telephone.Show(address).Replace('\u00a0', ' ').ShouldBe(expected);

    [Fact]
    public void Show_AnyNumber_KeepsEveryDigit()
    {
        for (var length = 2; length <= 15; length++)
        {
            var number = "+" + "498765432109876"[..length];
            Telephone.Show(number).Replace("\u00a0", "").ShouldBe(number);
        }
    }

    [Fact]
    public void Show_LongAddress_IsCut() => Telephone.Show("sip:" + new string('a', 10_000) + "@x").Length.ShouldBeLessThan(100);

    [Fact]
    [InCulture("ar-SA")]
    public void Show_UnderAnotherCulture_IsTheSame() => Telephone.Show("+61400000000").ShouldBe("+61\u00a0400\u00a0000\u00a0000");

    [Fact]
    public void Spoken_Number_IsSaidDigitByDigit() => Telephone.Spoken("+61400000123").ShouldBe("+ 6 1, 4 0 0, 0 0 0, 1 2 3");
}
