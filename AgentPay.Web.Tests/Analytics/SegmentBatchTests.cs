using System.Text.Json;
using AgentPay.Web.Analytics;
using AgentPay.Web.Payments;

namespace AgentPay.Web.Tests.Analytics;

public sealed class SegmentBatchTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TryAdd_OfAnEventBeyond32Kilobytes_IsRefused()
    {
        var batch = new SegmentBatch(100);

        batch.TryAdd(Event(agentLength: 32_000)).ShouldBeFalse();
        batch.TryAdd(Event(agentLength: 31_000)).ShouldBeTrue();
        batch.Count.ShouldBe(1);
    }

    [Fact]
    public void IsFull_WithLargeEvents_KeepsTheRequestWithin500Kilobytes()
    {
        var batch = new SegmentBatch(100);

        while (!batch.IsFull) batch.TryAdd(Event(agentLength: 31_000));

        batch.ToJson(At).Length.ShouldBeInRange(450_000, 500_000);
        batch.Count.ShouldBeLessThan(100);
    }

    [Fact]
    public void IsFull_AtItsSize_IsTrue()
    {
        var batch = new SegmentBatch(2);

        batch.TryAdd(Event(10));
        batch.IsFull.ShouldBeFalse();
        batch.TryAdd(Event(10));
        batch.IsFull.ShouldBeTrue();
    }

    [Fact]
    public void ToJson_HasTheEventsAndWhenTheyWereSent()
    {
        var batch = new SegmentBatch(2);
        batch.TryAdd(Event(10));

        var json = JsonDocument.Parse(batch.ToJson(At)).RootElement;

        json.EnumerateObject().Select(p => p.Name).ShouldBe(["batch", "sentAt"]);
        json.GetProperty("batch").GetArrayLength().ShouldBe(1);
        json.GetProperty("sentAt").GetString().ShouldBe("2026-11-22T09:00:00Z");
    }

    private static TrackEvent Event(int agentLength) =>
        TrackEvent.Of(new PaymentNotice.Attached(At, new string('a', agentLength), ACall.Sid))!;
}
