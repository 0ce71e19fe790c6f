using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Tests.Payments;

/// <summary>The JSON of a payment in Sync. Sync accepts fewer writes a second above 1 KiB.</summary>
public sealed class PaymentSessionJsonTests
{
    public static TheoryData<PaymentPhase> Phases() => [.. Enum.GetValues<PaymentPhase>()];

    [Theory]
    [MemberData(nameof(Phases))]
    public void Session_InEachPhase_ComesBackAsItWas(PaymentPhase phase)
    {
        var session = APayment.In(phase);

        var json = JsonSerializer.Serialize(session, SyncJson.Options);
        var back = JsonSerializer.Deserialize<PaymentSession>(json, SyncJson.Options)!;

        JsonSerializer.Serialize(back, SyncJson.Options).ShouldBe(json);
        back.Phase.ShouldBe(phase);
        back.Rows.ShouldBe(session.Rows);
        back.PendingKey.ShouldBe(session.PendingKey);
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void Session_InEachPhase_StaysBelowAKibibyte(PaymentPhase phase)
    {
        JsonSerializer.SerializeToUtf8Bytes(APayment.In(phase), SyncJson.Options).Length
            .ShouldBeLessThan(1024, JsonSerializer.Serialize(APayment.In(phase), SyncJson.Options));
    }
}
