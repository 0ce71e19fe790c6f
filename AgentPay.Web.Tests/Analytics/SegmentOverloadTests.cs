using AgentPay.Web.Analytics;

namespace AgentPay.Web.Tests.Analytics;

public sealed class SegmentOverloadTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private SegmentStub _segment = null!;
    private ReportingApp _app = null!;

    /// <summary>Segment does not answer the first batch, and the queue is full.</summary>
    public async Task InitializeAsync()
    {
        _segment = await SegmentStub.StartAsync();
        _app = await ReportingApp.StartAsync(_segment.BaseUrl);
        await _app.Clock.TimerAsync(due => due == Minute);
        for (var times = 0; times <= SegmentClient.Retries; times++) _segment.NextHangs();
        _app.Publish(100);
        await _segment.CallAsync();
        _app.Publish(NoticeQueue.Limit);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _segment.DisposeAsync();
    }

    [Fact]
    public void Publish_WithRoomInTheQueue_LosesNothing()
    {
        _app.Counted("dropped").ShouldBe(0);
    }

    [Fact]
    public void Publish_WithAFullQueue_ReturnsAndCountsWhatIsLost()
    {
        _app.Publish(7);

        _app.Counted("dropped").ShouldBe(7);
    }

    [Fact]
    public void Publish_WithAFullQueue_IsLoggedOnceAMinuteWithTheNumber()
    {
        _app.Publish(7);
        _app.Logs.ShouldBeEmpty();
        _app.Clock.Advance(Minute);
        _app.Publish(2);
        _app.Publish(3);
        _app.Clock.Advance(Minute);
        _app.Clock.Advance(Minute);

        _app.Logs.Where(line => line.Contains("queue was full", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])
            .ShouldBe(["7", "5"]);
    }

    [Fact]
    public void Publish_ByManyThreadsWithAFullQueue_CountsEach()
    {
        Parallel.For(0, 1000, _ => _app.Publish());

        _app.Counted("dropped").ShouldBe(1000);
    }
}
