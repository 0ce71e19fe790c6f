using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.TwilioApi;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using static AgentPay.Web.Payments.PaymentEvent;
using static AgentPay.Web.Tests.Payments.APayment;

namespace AgentPay.Web.Tests.Payments;

/// <summary>The exact data of a payment in <c>payMap</c> and history after each milestone.</summary>
[InCulture("de-DE")]
public sealed class PaymentRecordShapeTests
{
    private const string Common =
        "\"Sid\":\"PK11111111111111111111111111111111\",\"CallSid\":\"CA11111111111111111111111111111111\",\"PaymentMethod\":\"credit-card\",\"PaymentConnector\":\"Default\",\"ChargeAmount\":\"42.50\",\"Currency\":\"USD\",\"DateCreated\":\"2026-11-22T12:00:00.000Z\"";

    [Fact]
    public void PayMap_AtTheStart_NamesTheFirstFieldAndAllThatIsMissing() => PayMap(Capturing()).ShouldBe(
        $$"""{{{Common}},"Capture":"payment-card-number","Required":"payment-card-number,expiration-date,security-code",{{Ours("capturing")}}}""");

    [Fact]
    public void PayMap_WithAFieldRejected_SaysWhy() =>
        PayMap(Capturing().Apply(Rejected(CaptureField.PaymentCardNumber, "invalid-card-number", 1, Card))).ShouldBe(
        $$"""{{{Common}},"DateUpdated":"2026-11-22T12:00:01.000Z","Capture":"payment-card-number","Required":"payment-card-number,expiration-date,security-code","ErrorType":"invalid-card-number",{{Ours("capturing")}}}""");

    [Fact]
    public void PayMap_WithAllCaptured_ShowsAllAndMissesNothing() => PayMap(Ready()).ShouldBe(
        $$"""{{{Common}},"DateUpdated":"2026-11-22T12:00:03.000Z","Capture":"security-code","Required":"","PaymentCardNumber":"xxxxxxxxxxxx1111","ExpirationDate":"1230","SecurityCode":"xxx",{{Ours("ready")}}}""");

    [Fact]
    public void PayMap_AtTheEnd_HasNeitherCaptureNorClearText() => PayMap(Submitting().Apply(Charged)).ShouldBe(
        $$"""{{{Common}},"DateUpdated":"2026-11-22T12:01:40.000Z","PaymentCardNumber":"xxxxxxxxxxxx1111","PaymentCardType":"visa","SecurityCode":"xxx","Result":"success","PaymentConfirmationCode":"ch_1",{{Ours("succeeded")}}}""");

    [Theory]
    [InlineData(PaymentPhase.Succeeded)]
    [InlineData(PaymentPhase.Failed)]
    [InlineData(PaymentPhase.Cancelled)]
    [InlineData(PaymentPhase.Unknown)]
    public void PayMap_OfAnyEnd_HasNothingThatMeansStillCapturing(PaymentPhase phase)
    {
        var names = JsonDocument.Parse(PayMap(In(phase))).RootElement.EnumerateObject().Select(p => p.Name).ToList();

        names.ShouldNotContain("Capture");
        names.ShouldNotContain("Required");
        names.ShouldNotContain("PartialResult");
        names.ShouldNotContain("ErrorType");
    }

    [Fact]
    public void Everything_AfterTheEnd_HasLostExpiryAndPostalCode()
    {
        CaptureField[] fields = [.. Card, CaptureField.PostalCode];
        var ready = Ready(Plan with { Fields = fields });
        Json(ready).ShouldContain("1230");
        PayMap(ready).ShouldContain("94111");

        foreach (var end in new[] { ready.Apply(new SubmitAsked(Noon)).Apply(Charged), ready.Apply(new CallEnded(Noon)),
            ready.Apply(new SubmitAsked(Noon)).Apply(new TimePassed(Noon.AddMinutes(1), Limits)) })
            foreach (var json in new[] { Json(end), PayMap(end), Json(HistoryRecord.Of(end)) })
            {
                json.ShouldNotContain("\"1230\"");
                json.ShouldNotContain("\"94111\"");
            }
    }

    [Fact]
    public void History_OfACharge_IsTheAuditAndNoMore() =>
        Json(HistoryRecord.Of(Submitting().Apply(Charged)) with { Id = default }).ShouldBe(
        """{"agent":"maria@contoso.test","amount":42.50,"currency":"USD","profile":"default","call":"CA11111111111111111111111111111111","uui":"uui-7","payment":"PK11111111111111111111111111111111","cardType":"visa","lastFour":"1111","result":"success","confirmation":"ch_1","started":"2026-11-22T12:00:00+00:00","ended":"2026-11-22T12:00:00+00:00"}""");

    [Theory]
    [InlineData("xxxxxxxxxxxx1111", "1111")]
    [InlineData("xxxx-xxxxxx-x4001", "4001")]
    [InlineData("*******92", "92")]
    [InlineData("xxxxx", null)]
    [InlineData("4111111111111111", null)]
    public void History_OfAnyMask_HasFourDigitsAtMost(string shown, string? expected)
    {
        var session = Ready();

        HistoryRecord.Of(session with { Rows = [session.Rows[0] with { Shown = shown }] }).LastFour.ShouldBe(expected);
    }

    [Fact]
    public void History_OfAPaymentBeforeMidnight_StaysInTheMapOfItsFirstDay()
    {
        HistoryRecord.MapOf(Succeeded() with { StartedAt = new(2026, 11, 23, 0, 30, 0, TimeSpan.FromHours(2)) })
            .ShouldBe("history-2026-11-22");
    }

    private static CalledBack Charged => Callback(100, c => c with { CardType = "visa", Outcome = new("success", Confirmation: "ch_1") });

    private static string Ours(string status) =>
        $"\"agent\":\"maria@contoso.test\",\"status\":\"{status}\",\"at\":\"2026-11-22T12:05:00+00:00\"";

    private static string PayMap(PaymentSession session) => Json(PayMapItem.Of(session, Noon.AddMinutes(5)));

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, SyncJson.Options);
}
