using System.Globalization;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.TwilioApi;

[InCulture("de-DE")]
public sealed class WireTests
{
    [ContractFact]
    public void WireName_OfEveryMember_IsTwiliosEnumeration()
    {
        var api = OpenApi.Api2010();

        Names<CaptureField>().ShouldBe(api.Enumeration("payments_enum_capture"), ignoreOrder: true);
        Names<PaymentMethod>().ShouldBe(api.Enumeration("payments_enum_payment_method"), ignoreOrder: true);
        Names<TokenType>().ShouldBe(api.Enumeration("payments_enum_token_type"), ignoreOrder: true);
        Names<BankAccountType>().ShouldBe(api.Enumeration("payments_enum_bank_account_type"), ignoreOrder: true);
        Names<CallStatus>().Except(["unknown"]).ShouldBe(api.Enumeration("call_enum_status"), ignoreOrder: true);
    }

    [Fact]
    public void WireName_OfCardTypes_AreTwiliosWords() =>
        Names<CardType>().ShouldBe(["visa", "mastercard", "amex", "maestro", "discover", "optima", "jcb", "diners-club", "enroute"]);

    [Fact]
    public void WireName_OfAValueThatIsNone_Throws() => Should.Throw<ArgumentOutOfRangeException>(() => WireName.Of((CardType)99));

    [Theory]
    [InlineData("diners-club", true)]
    [InlineData("DinersClub", false)]
    [InlineData("Visa", false)]
    [InlineData("0", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void WireName_TryParse_KnowsTheExactWordOnly(string? word, bool known) =>
        WireName.TryParse<CardType>(word, out _).ShouldBe(known);

    [Theory]
    [InlineData("Wed, 18 Dec 2019 20:02:01 +0000", "2019-12-18T20:02:01.0000000")]
    [InlineData("Sun, 1 Mar 2026 20:02:01 GMT", "2026-03-01T20:02:01.0000000")]
    [InlineData("Wed, 18 Dec 2019 22:02:01 +0200", "2019-12-18T20:02:01.0000000")]
    [InlineData("2021-08-10T03:55:53.408Z", "2021-08-10T03:55:53.4080000")]
    [InlineData("2015-07-30T20:00:00Z", "2015-07-30T20:00:00.0000000")]
    [InlineData("2015-07-30T22:00:00+02:00", "2015-07-30T20:00:00.0000000")]
    public void WireTime_BothFormats_AreReadAsUtc(string text, string utc)
    {
        WireTime.TryParse(text, out var time).ShouldBeTrue();

        time.Offset.ShouldBe(TimeSpan.Zero);
        time.DateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture).ShouldBe(utc);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Mi, 18 Dez 2019 20:02:01 +0000")]
    [InlineData("18.12.2019 20:02:01")]
    [InlineData("2019-13-18T20:02:01Z")]
    public void WireTime_AnythingElse_IsRefused(string? text) => WireTime.TryParse(text, out _).ShouldBeFalse();

    private static IEnumerable<string> Names<TEnum>() where TEnum : struct, Enum => Enum.GetValues<TEnum>().Select(WireName.Of);
}
