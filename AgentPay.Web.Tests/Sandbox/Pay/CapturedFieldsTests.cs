using AgentPay.Web.Sandbox;
using AgentPay.Web.Sandbox.Pay;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Sandbox.Pay;

public sealed class CapturedFieldsTests
{
    private static readonly CaptureStep CardNumber = new(PayField.CardNumber);

    [Fact]
    public void Wipe_AfterACapture_LeavesNoDigit()
    {
        var fields = AnEmptyCard();
        Keep(fields, CardNumber, PayCall.Visa);

        fields.Clear();

        fields[PayField.CardNumber].ShouldBeNull();
        fields.Parameters().ShouldBeEmpty();
    }

    [Fact]
    public void Required_AsFieldsAreKeptAndAskedAgain_FollowsTwiliosOrder()
    {
        var fields = AnEmptyCard();
        Keep(fields, new(PayField.PostalCode), "94111");
        Keep(fields, CardNumber, PayCall.Visa);
        Names(fields).ShouldBe("payment-card-number-matcher,expiration-date,security-code");

        fields.Require(CardNumber);

        Names(fields).ShouldBe("payment-card-number,payment-card-number-matcher,expiration-date,security-code");
    }

    [Fact]
    public void Ask_ForAMatcher_KeepsTheFirstEntry()
    {
        var fields = AnEmptyCard();
        Keep(fields, CardNumber, PayCall.Visa);
        Keep(fields, CardNumber with { IsMatcher = true }, PayCall.Visa);

        fields.Require(CardNumber with { IsMatcher = true });

        fields[PayField.CardNumber].ShouldBe(PayCall.Visa);
        Names(fields).ShouldStartWith("payment-card-number-matcher");
    }

    private static CapturedFields AnEmptyCard()
    {
        var form = new FormCollection(new() { ["IdempotencyKey"] = "k", ["StatusCallback"] = "https://example.com",
            ["RequireMatchingInputs"] = "payment-card-number" });
        return new(CreatePaymentRequest.Read(new(form), new(Options.Create(new SandboxOptions()))), new ManualClock());
    }

    private static string Names(CapturedFields fields) => string.Join(',', fields.Required);

    private static void Keep(CapturedFields fields, CaptureStep step, string digits)
    {
        var entry = fields.NewEntry(step.Field);
        foreach (var digit in digits) entry.Add(digit);
        fields.Store(step, entry);
    }
}
