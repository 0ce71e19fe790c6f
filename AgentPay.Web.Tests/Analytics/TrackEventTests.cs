using System.Globalization;
using System.Text.Json;
using AgentPay.Web.Analytics;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Analytics;

public sealed class TrackEventTests : IDisposable
{
    private const string Agent = "ada@example.com";
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 0, 0, 250, TimeSpan.FromHours(1));

    private static readonly Dictionary<PaymentNotice, string?> Names = new()
    {
        [new PaymentNotice.Attached(At, Agent, ACall.Sid)] = "attachPay",
        [new PaymentNotice.CaptureStarted(At, Agent, ACall.Sid)] = "startCapture",
        [new PaymentNotice.FieldAsked(At, Agent, ACall.Sid, CaptureField.PostalCode)] = "_updateCaptureType",
        [new PaymentNotice.FieldReset(At, Agent, ACall.Sid, CaptureField.PaymentCardNumber)] = "resetCard",
        [new PaymentNotice.FieldReset(At, Agent, ACall.Sid, CaptureField.SecurityCode)] = "resetSecurityCode",
        [new PaymentNotice.FieldReset(At, Agent, ACall.Sid, CaptureField.ExpirationDate)] = "resetDate",
        [new PaymentNotice.FieldReset(At, Agent, ACall.Sid, CaptureField.PostalCode)] = null,
        [new PaymentNotice.FieldReset(At, Agent, ACall.Sid, CaptureField.BankRoutingNumber)] = null,
        [new PaymentNotice.FieldReset(At, Agent, ACall.Sid, CaptureField.BankAccountNumber)] = null,
        [new PaymentNotice.Cancelled(At, Agent, ACall.Sid)] = "cancelCapture",
        [new PaymentNotice.Submitted(At, Agent, ACall.Sid)] = "submitCapture",
        [new PaymentNotice.Detached(At, Agent, ACall.Sid)] = "detachPay",
    };

    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    private static IEnumerable<Type> Kinds => typeof(PaymentNotice).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PaymentNotice)));

    [Fact]
    public void Of_EveryKindOfNotice_HasThePredecessorsName()
    {
        foreach (var (notice, name) in Names) TrackEvent.Of(notice)?.Event.ShouldBe(name, notice.ToString());

        Names.Where(n => TrackEvent.Of(n.Key) is null).ShouldAllBe(n => n.Value == null);
        Names.Keys.Select(n => n.GetType()).Distinct().ShouldBe(Kinds, ignoreOrder: true);
    }

    [Fact]
    public void Of_EveryKindOfNotice_TellsNothingElse()
    {
        foreach (var notice in Names.Where(n => n.Value is not null).Select(n => n.Key))
        {
            string[] expected = notice is PaymentNotice.FieldAsked
                ? ["identity", "callSID", "captureType", "timeStamp"]
                : ["identity", "callSID", "timeStamp"];
            Json(notice).GetProperty("properties").EnumerateObject().Select(p => p.Name).ShouldBe(expected);
            Json(notice).EnumerateObject().Select(p => p.Name)
                .ShouldBe(["anonymousId", "event", "properties", "messageId", "timestamp", "type", "context"], ignoreOrder: true);
        }
    }

    [Fact]
    public void Notices_HaveNoRoomForCardDataTokensOrAmounts()
    {
        Type[] allowed = [typeof(DateTimeOffset), typeof(string), typeof(CallSid), typeof(CaptureField)];
        var told = Kinds.SelectMany(kind => kind.GetProperties()).DistinctBy(p => p.Name).ToList();

        told.Select(p => p.Name).ShouldBe(["At", "Agent", "Call", "Field"], ignoreOrder: true);
        told.Select(p => p.PropertyType).ShouldBe(allowed, ignoreOrder: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("th-TH")]
    public void Of_AFieldAsked_IsTheEventThatThePredecessorSent(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

        var json = Json(new PaymentNotice.FieldAsked(At, Agent, ACall.Sid, CaptureField.PaymentCardNumber));

        json.GetProperty("type").GetString().ShouldBe("track");
        json.GetProperty("timestamp").GetString().ShouldBe("2026-11-22T09:00:00.25Z");
        json.GetProperty("context").GetRawText().ShouldBe("""{"app":{"name":"agent-assisted-pay"}}""");
        json.GetProperty("properties").GetRawText().ShouldBe(
            $$"""
            {"identity":"ada@example.com","callSID":"{{ACall.SidText}}","captureType":"payment-card-number","timeStamp":1795338000250}
            """);
    }

    [Fact]
    public void Of_ANoticeWithoutACall_SaysNull()
    {
        Json(new PaymentNotice.Attached(At, Agent, default)).GetProperty("properties").GetProperty("callSID").ValueKind
            .ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Of_NoticesOfOneAgent_AreOfOneAnonymousVisitor()
    {
        var (first, second, other) = (IdOf(Agent), IdOf(Agent), IdOf("ben@example.com"));

        first.ShouldBe(second);
        first.ShouldNotBe(other);
        Guid.TryParse(first, out _).ShouldBeTrue();
    }

    [Fact]
    public void Of_TheSameNoticeTwice_HasTwoMessageIds()
    {
        var notice = new PaymentNotice.Submitted(At, Agent, ACall.Sid);

        TrackEvent.Of(notice)!.MessageId.ShouldNotBe(TrackEvent.Of(notice)!.MessageId);
    }

    public void Dispose() => CultureInfo.CurrentCulture = _culture;

    private static string IdOf(string agent) => TrackEvent.Of(new PaymentNotice.Detached(At, agent, ACall.Sid))!.AnonymousId;

    private static JsonElement Json(PaymentNotice notice) =>
        JsonSerializer.SerializeToElement(TrackEvent.Of(notice)!, SegmentJson.Default.TrackEvent);
}
