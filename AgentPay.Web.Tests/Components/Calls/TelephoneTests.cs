using AgentPay.Web.Components.Calls;

namespace AgentPay.Web.Tests.Components.Calls;

public sealed class TelephoneTests
{
    [Theory]
    [InlineData("+61400000123", "+61 400 000 123")]
    [InlineData("+14155550123", "+1 415 555 0123")]
    [InlineData("+442079460958", "+44 207 946 0958")]
    [InlineData("+4930901820", "+49 3090 1820")]
    [InlineData("+35312345678", "+353 1234 5678")]
    [InlineData("+4915112345678", "+49 151 1234 5678")]
    [InlineData("+12", "+1 2")]
    [InlineData("+61", "+61")]
    [InlineData("sip:+61400000123@pbx.example.org", "+61 400 000 123")]
    [InlineData("client:amara", "client:amara")]
    public void Show_Address_IsGrouped(string address, string expected) => Telephone.Show(address).Replace('\u00a0', ' ').ShouldBe(expected);

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
    public void Spoken_Number_IsSaidDigitByDigit() => Telephone.Spoken("+61400000123").ShouldBe("+ 6 1, 4 0 0, 0 0 0, 1 2 3");

    [Theory]
    [InlineData("anonymous", true)]
    [InlineData("Restricted", true)]
    [InlineData("+266696687", true)]
    [InlineData("+61400000123", false)]
    [InlineData(null, false)]
    public void IsWithheld_Address_IsKnown(string? address, bool expected) => Telephone.IsWithheld(address).ShouldBe(expected);
}
