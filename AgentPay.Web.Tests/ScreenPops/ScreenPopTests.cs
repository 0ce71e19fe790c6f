using AgentPay.Web.Tests.Components.Calls;
using AgentPay.Web.Components;
using AgentPay.Web.ScreenPops;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.TwilioApi;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.ScreenPops;

public sealed class ScreenPopTests
{
    private const string Sid = "CA00000000000000000000000000000001";

    internal static readonly PaymentProfiles Profiles = new(Options.Create(
        new PaymentsOptions { Profiles = [new() { Name = "Shop", Currency = "AUD" }, new() { Name = "Tokyo", Currency = "JPY" }] }));

    private static readonly IStringLocalizer<Words> English = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider()
        .GetRequiredService<IStringLocalizer<Words>>();

    [Fact]
    public void Read_EverythingGood_IsTaken()
    {
        var pop = Read("uui=crm-1&amount=12.50&currency=aud&description=Two+caf%C3%A9s&reference=INV%201&profile=shop");

        pop.Uui.ShouldBe("crm-1");
        pop.Draft.ShouldBe(new PaymentDraft(12.50m, "AUD", "Two cafés", "INV 1", "Shop"));
        pop.Problems.ShouldBeEmpty();
    }

    [Fact]
    [InCulture("de-DE")]
    public void Address_ThereAndBack_IsTheSame()
    {
        var draft = new PaymentDraft(1234.5m, "AUD", "<b>50 % & more</b>", "a=b#c", "Shop");
        var call = ACall.Outbound("crm/1");

        var pop = ScreenPop.Read("https://x/" + ScreenPop.AddressOf(call, draft), Profiles, English);

        pop.Draft.ShouldBe(draft);
        pop.IsOf(call).ShouldBeTrue();
        pop.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("amount=abc")]
    [InlineData("amount=12,50")]
    [InlineData("amount=1,250.00")]
    [InlineData("amount=-1")]
    [InlineData("amount=1e3")]
    [InlineData("amount=%2412")]
    [InlineData("amount=12.505")]
    [InlineData("amount=12.50&profile=Tokyo")]
    [InlineData("amount=12.50&currency=JPY")]
    [InlineData("amount=4111111111111111")]
    [InlineData("amount=99999999999999999999999999999999999")]
    [InlineData("amount=1&amount=2")]
    public void Read_BadAmount_IsToldAndTheRestKept(string query)
    {
        var pop = Read(query + "&uui=crm-1&reference=r");

        pop.Draft.Amount.ShouldBeNull();
        pop.Draft.Reference.ShouldBe("r");
        pop.Uui.ShouldBe("crm-1");
        pop.Problems.Count.ShouldBe(1);
        pop.Problems[0].ShouldContain("amount");
    }

    [Theory]
    [InlineData("currency=XX", "currency")]
    [InlineData("currency=E%E2%82%AC1", "currency")]
    [InlineData("profile=nope", "profile")]
    [InlineData("callSid=CA1", "callSid")]
    [InlineData("callSid=%3Cscript%3E", "callSid")]
    [InlineData("uui=a/b", "uui")]
    [InlineData("uui=a&uui=b", "uui")]
    [InlineData("description=a%00b", "description")]
    public void Read_BadValue_IsToldAndNotUsed(string query, string about)
    {
        var pop = Read(query + "&amount=12.50");

        pop.Problems.Single().ShouldContain(about);
        pop.Draft.ShouldBe(new PaymentDraft(12.50m));
        pop.HasCall.ShouldBeFalse();
    }

    [Theory]
    [InlineData("uui")]
    [InlineData("callSid")]
    [InlineData("amount")]
    [InlineData("currency")]
    [InlineData("description")]
    [InlineData("reference")]
    [InlineData("profile")]
    public void Read_TenThousandCharacters_AreRefusedAndNotRepeated(string name)
    {
        var pop = Read($"{name}={new string('7', 10_000)}");

        pop.Problems.Single().Length.ShouldBeLessThan(250);
        pop.Draft.ShouldBe(new PaymentDraft());
    }

    [Fact]
    public void Read_CallSidAndUui_TakesTheSidAndSaysSo()
    {
        var pop = Read($"uui=crm-1&callSid={Sid}");

        (pop.Sid, pop.Uui).ShouldBe((CallSid.Parse(Sid), null));
        pop.Problems.Single().ShouldContain("one of them");
    }

    [Fact]
    public void Read_SameValueTwice_IsTaken() => Read("amount=5&amount=5").Draft.Amount.ShouldBe(5);

    [Fact]
    public void Read_NamesInOtherCases_AreTaken() =>
        Read($"CallSID={Sid}&Amount=5").ShouldSatisfyAllConditions(pop => pop.Sid.ShouldNotBeNull(), pop => pop.Draft.Amount.ShouldBe(5));

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?utm=1&x")]
    [InlineData("?uui=&callSid=%20&amount=")]
    [InlineData("#uui=1")]
    public void Read_NothingOfOurs_IsEmpty(string query)
    {
        var pop = ScreenPop.Read("https://x/pay" + query, Profiles, English);

        (pop.HasCall, pop.Draft).ShouldBe((false, new PaymentDraft()));
        pop.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("pay?uui=1", true)]
    [InlineData("?callSid=1", true)]
    [InlineData("history?callSid=1", false)]
    [InlineData("payments", false)]
    public void IsAt_Address_IsTheConsole(string address, bool expected) => ScreenPop.IsAt(address).ShouldBe(expected);

    private static ScreenPop Read(string query) => ScreenPop.Read("https://agentpay.example/pay?" + query, Profiles, English);
}
