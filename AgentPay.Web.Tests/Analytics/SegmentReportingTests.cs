using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Analytics;

public sealed class SegmentReportingTests : IAsyncLifetime
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(5);

    private SegmentStub _segment = null!;
    private ReportingApp _app = null!;

    public async Task InitializeAsync()
    {
        _segment = await SegmentStub.StartAsync();
        _app = await ReportingApp.StartAsync(_segment.BaseUrl + "/");
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _segment.DisposeAsync();
    }

    [Fact]
    public async Task Publish_OfAPayment_ReachesSegmentInOneBatch()
    {
        var at = _app.Clock.GetUtcNow();
        _app.News.Publish(new PaymentNotice.Attached(at, "ada@example.com", ACall.Sid));
        _app.News.Publish(new PaymentNotice.FieldAsked(at, "ada@example.com", ACall.Sid, CaptureField.SecurityCode));
        _app.News.Publish(new PaymentNotice.FieldReset(at, "ada@example.com", ACall.Sid, CaptureField.PostalCode));
        _app.News.Publish(new PaymentNotice.Submitted(at, "ada@example.com", ACall.Sid));

        _app.Clock.Advance(FlushInterval);

        var call = await _segment.CallAsync();
        call.Names.ShouldBe(["attachPay", "_updateCaptureType", "submitCapture"]);
        call.MessageIds.Distinct().Count().ShouldBe(3);
        call.Events[1].GetProperty("properties").GetProperty("captureType").GetString().ShouldBe("security-code");
    }

    [Fact]
    public async Task Publish_IsPostedAsJsonWithTheWriteKeyAsUser()
    {
        _app.Publish();

        _app.Clock.Advance(FlushInterval);

        var call = await _segment.CallAsync();
        call.Target.ShouldBe("POST /v1/batch");
        call.Authorization.ShouldBe("Basic " + Convert.ToBase64String("a-write-key:"u8));
        call.ContentType.ShouldBe("application/json");
        call.Length.ShouldNotBeNull();
    }

    [Fact]
    public async Task Publish_OfOneEvent_WaitsForTheFlushInterval()
    {
        _app.Publish();
        await _app.Clock.TimerAsync(due => due == FlushInterval);

        _app.Clock.Advance(FlushInterval - TimeSpan.FromMilliseconds(1));
        _app.Publish();
        _app.Clock.Advance(TimeSpan.FromMilliseconds(1));

        (await _segment.CallAsync()).Events.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Publish_OfAFullBatch_DoesNotWait()
    {
        _app.Publish(250);

        (await _segment.CallAsync()).Events.Count.ShouldBe(100);
        (await _segment.CallAsync()).Events.Count.ShouldBe(100);
        _app.Clock.Advance(FlushInterval);
        (await _segment.CallAsync()).Events.Count.ShouldBe(50);
    }

    [Fact]
    public async Task Publish_OfWhatCannotBeReported_CostsThatAlone()
    {
        _app.News.Publish(new PaymentNotice.Attached(_app.Clock.GetUtcNow(), null!, ACall.Sid));
        _app.News.Publish(new PaymentNotice.Attached(_app.Clock.GetUtcNow(), new string('a', 40_000), ACall.Sid));
        _app.Publish();

        await _app.StopAsync();

        (await _segment.CallAsync()).Events.Count.ShouldBe(1);
        (_app.Counted("sent"), _app.Counted("dropped")).ShouldBe((1, 2));
        _app.Logs.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Stop_WithEventsWaiting_SendsThem()
    {
        _app.Publish(3);

        await _app.StopAsync();

        (await _segment.CallAsync()).Events.Count.ShouldBe(3);
        (_app.Counted("sent"), _app.Counted("dropped")).ShouldBe((3, 0));
    }

    [Fact]
    public async Task Stop_Unsubscribes()
    {
        await _app.StopAsync();

        _app.Publish();

        _app.Counted("dropped").ShouldBe(0);
        _segment.Unread.ShouldBe(0);
    }

    [Fact]
    public async Task Stop_WithASegmentThatHangs_GivesUpAfterAWhile()
    {
        _segment.NextHangs();
        _app.Publish(130);
        await _segment.CallAsync();

        var stop = _app.StopAsync();
        _app.Clock.Advance(TimeSpan.FromSeconds(5));
        await stop;

        (_app.Counted("sent"), _app.Counted("dropped")).ShouldBe((0, 130));
        _app.Logs.ShouldBe([
            "Dropped 100 events: sending to Segment failed (shutting down)",
            "Dropped 30 events for Segment: the queue was full or the shutdown timed out",
        ]);
    }

    /// <summary>A host that is disposed while it stops does this.</summary>
    [Fact]
    public async Task Stop_AgainAfterDisposal_IsTheSameStop()
    {
        var reporting = _app.Reporting;
        await reporting.StopAsync(default);
        ((IDisposable)reporting).Dispose();

        await reporting.StopAsync(default);
    }

    [Fact]
    public async Task Stop_InAHurry_GivesUpAtOnce()
    {
        _segment.NextHangs();
        _app.Publish(100);
        await _segment.CallAsync();
        using var hurry = new CancellationTokenSource();

        var stop = _app.StopAsync(hurry.Token);
        stop.IsCompleted.ShouldBeFalse();
        await hurry.CancelAsync();
        await stop;
    }
}
