using AgentPay.Web.Calls;

namespace AgentPay.Web.Tests.Calls;

public sealed class WithheldNumberTests
{
    [Theory]
    [InlineData("+266696687", true)]
    [InlineData("+86282452253", true)]
    [InlineData("+8656696", true)]
    [InlineData("+8566696", true)]
    [InlineData("+7378742833", true)]
    [InlineData("+7748283", true)]
    [InlineData("+774824", true)]
    [InlineData("+464", true)]
    [InlineData("266696687", true)]
    [InlineData("anonymous", true)]
    [InlineData("Anonymous", true)]
    [InlineData("sip:anonymous@anonymous.invalid", true)]
    [InlineData("+2562533", true)]
    [InlineData("Private Number", true)]
    [InlineData("anonymous@anonymous.invalid", true)]
    [InlineData("sip:266696687@pbx.example.org", true)]
    [InlineData("", true)]
    [InlineData(" ", true)]
    [InlineData(null, true)]
    [InlineData("+61400000123", false)]
    [InlineData("+2666966870", false)]
    [InlineData("+46401234567", false)]
    [InlineData("client:anonymous", false)]
    [InlineData("sip:private-office@pbx.example.org", false)]
    [InlineData("sip:alice@example.com", false)]
    public void Is_Number_IsToldFromOneThatIsShown(string? number, bool isWithheld) => WithheldNumber.Is(number).ShouldBe(isWithheld);
}
