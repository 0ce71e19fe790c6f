using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.TwilioApi;
using static AgentPay.Web.Payments.PaymentEvent;
using static AgentPay.Web.Tests.Payments.APayment;

namespace AgentPay.Web.Tests.Payments;

/// <summary>The attempts and states of a receipt, its text, and the link to the gateway.</summary>
[InCulture("de-DE")]
public sealed class ReceiptTests
{
    private static readonly PaymentSession Paid = Submitting()
        .Apply(Callback(100, c => c with { CardType = "visa", Outcome = new("success", Confirmation: "ch 1/ä") }));

    private static SmsReceipt First => new(1, ReceiptState.Sending, "678", "maria@contoso.test", Noon);

    [Fact]
    public void Asked_TwiceOrOutOfOrder_IsOneAttempt()
    {
        var sending = Paid.Apply(new ReceiptAsked(First));

        sending.Receipt.ShouldBe(First);
        sending.IsMilestoneAfter(Paid).ShouldBeTrue();
        sending.Apply(new ReceiptAsked(First)).ShouldBeSameAs(sending);
        sending.Apply(new ReceiptAsked(First with { Attempt = 2 })).ShouldBeSameAs(sending);
        Paid.Apply(new ReceiptAsked(First with { Attempt = 2 })).ShouldBeSameAs(Paid);
    }

    [Fact]
    public void Asked_WhenTheFirstAttemptHasNoAnswerAfterHalfAMinute_IsAnotherAttempt()
    {
        var second = First with { Attempt = 2, At = Noon + SmsReceipt.AnswerTimeout };

        Paid.Apply(new ReceiptAsked(First)).Apply(new ReceiptAsked(second)).Receipt.ShouldBe(second);
        First.StateAt(second.At).ShouldBe(ReceiptState.Unclear);
    }

    [Theory]
    [InlineData(ReceiptState.Sent, ReceiptState.Delivered, true)]
    [InlineData(ReceiptState.Unclear, ReceiptState.Delivered, true)]
    [InlineData(ReceiptState.Unclear, ReceiptState.Sent, true)]
    [InlineData(ReceiptState.Delivered, ReceiptState.Sent, false)]
    [InlineData(ReceiptState.Delivered, ReceiptState.NotDelivered, false)]
    [InlineData(ReceiptState.NotSent, ReceiptState.Sent, false)]
    public void Reported_AnotherState_ReplacesAnEarlierOneOnly(ReceiptState known, ReceiptState next, bool replaces)
    {
        var before = Paid.Apply(new ReceiptAsked(First)).Apply(new ReceiptReported(Noon, 1, known, "SM1"));

        var after = before.Apply(new ReceiptReported(Noon, 1, next, Code: 30006));

        after.Receipt!.State.ShouldBe(replaces ? next : known);
        after.Receipt.Message.ShouldBe("SM1");
        before.Apply(new ReceiptReported(Noon, 2, next)).ShouldBeSameAs(before);
    }

    [Fact]
    public void Receipt_OfATokenOrADeclinedPayment_IsNotPossible()
    {
        var saved = Ready(Plan with { Amount = null, TokenType = TokenType.Reusable }).Apply(new SubmitAsked(Noon)).Apply(Ended("success"));

        foreach (var session in new[] { saved, Failed(), Unknown(), Cancelled() })
        {
            session.MayHaveReceipt.ShouldBeFalse();
            session.Apply(new ReceiptAsked(First)).ShouldBeSameAs(session);
        }
    }

    [Fact]
    public void Text_OfTheDefaultTemplate_HasTheValuesOfThePayment() => ReceiptText.Of(ReceiptText.Default, Paid, TimeZoneInfo.Utc)
        .ShouldBe("Payment of 42.50 USD received on 2026-11-22, Visa ending 1111. Confirmation: ch 1/ä.");

    [Fact]
    public void Text_WithoutAValueOrWithACardNumber_ShowsNeither()
    {
        var session = Paid with { Plan = Paid.Plan with { Reference = "A 4111 1111 1111 1111", IsConfirmedNoCard = true } };

        ReceiptText.Of("{profile}: {reference} {description}", session, TimeZoneInfo.Utc).ShouldBe("default: A xxxx xxxx xxxx 1111 -");
    }

    [Fact]
    public void Text_InAnotherTimeZone_HasTheDateThere() =>
        ReceiptText.Of("{date}", Paid, TimeZoneInfo.CreateCustomTimeZone("x", TimeSpan.FromHours(13), "x", "x")).ShouldBe("2026-11-23");

    [Theory]
    [InlineData("https://g.example/p/{confirmation}?r={reference}", null)]
    [InlineData("https://g.example/p/{confirmation}", "https://g.example/p/ch%201%2F%C3%A4")]
    [InlineData("https://g.example/p?id={payment}", "https://g.example/p?id=PK11111111111111111111111111111111")]
    [InlineData("https://g.example/", "https://g.example/")]
    [InlineData("", null)]
    public void Link_WithTheValuesOfThePayment_IsEncodedOrMissing(string template, string? expected) =>
        RecordLink.Of(new() { RecordUrl = template }, HistoryRecord.Of(Paid)).ShouldBe(expected);

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    public void Link_WithADotSegment_IsMissing(string reference) =>
        RecordLink.Of(new() { RecordUrl = "https://g.example/p/{reference}" }, HistoryRecord.Of(Paid) with { Reference = reference })
            .ShouldBeNull();

    [Theory]
    [InlineData("+61 400 000 000", "+61400000000", true)]
    [InlineData("+1 (415) 867-5309", "+14158675309", true)]
    [InlineData("+61 2 8000 0000", "+61280000000", false)]
    [InlineData("0400 000 000", null, false)]
    [InlineData("+61 4", null, false)]
    [InlineData("+61 400 000 00x", null, false)]
    [InlineData("sip:amara@example.com", null, false)]
    [InlineData("", null, false)]
    public void MobileNumber_AsTyped_IsReadAndKnownAsAMobile(string text, string? number, bool isMobile)
    {
        MobileNumber.Read(text).ShouldBe(number);
        MobileNumber.IsMobile(number).ShouldBe(isMobile);
    }
}
