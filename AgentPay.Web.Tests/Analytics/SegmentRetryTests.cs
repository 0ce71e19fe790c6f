using System.Globalization;
using AgentPay.Web.Analytics;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.Analytics;

public sealed class SegmentRetryTests : IAsyncLifetime
{
    private SegmentStub _segment = null!;
    private ReportingApp _app = null!;

    public async Task InitializeAsync()
    {
        _segment = await SegmentStub.StartAsync();
        _app = await ReportingApp.StartAsync(_segment.BaseUrl, ("Segment:BatchSize", "3"));
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _segment.DisposeAsync();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task Send_AfterAPassingFault_SendsTheSameMessagesLater(int status)
    {
        _segment.Next(status);
        _app.Publish(3);
        var first = await _segment.CallAsync();

        _app.Clock.Advance(await NextTryAsync());

        var second = await _segment.CallAsync();
        second.MessageIds.ShouldBe(first.MessageIds);
        second.Body.GetProperty("sentAt").GetDateTime().ShouldBeGreaterThan(first.Body.GetProperty("sentAt").GetDateTime());
        await _app.StopAsync();
        (_app.Counted("sent"), _app.Counted("dropped")).ShouldBe((3, 0));
    }

    [Fact]
    public async Task Send_OverABrokenConnection_IsTriedAgain()
    {
        _segment.Next(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        _app.Publish(3);
        var first = await _segment.CallAsync();

        _app.Clock.Advance(await NextTryAsync());

        (await _segment.CallAsync()).MessageIds.ShouldBe(first.MessageIds);
    }

    [Fact]
    public async Task Send_WithoutAnAnswer_IsTriedAgainAfterTheTimeLimit()
    {
        _segment.NextHangs();
        _app.Publish(3);
        var first = await _segment.CallAsync();

        _app.Clock.Advance(Timeouts.SegmentTry);
        _app.Clock.Advance(await NextTryAsync());

        (await _segment.CallAsync()).MessageIds.ShouldBe(first.MessageIds);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("45", 45)]
    [InlineData("86400", 300)]
    public async Task Send_AnsweredWithRetryAfter_WaitsThatLong(string retryAfter, int seconds)
    {
        _segment.Next(429, retryAfter);
        _app.Publish(3);
        await _segment.CallAsync();

        (await NextTryAsync()).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task Send_AnsweredWithARetryAfterDate_WaitsUntilThen()
    {
        _segment.Next(429, _app.Clock.GetUtcNow().AddSeconds(20).ToString("R", CultureInfo.InvariantCulture));
        _app.Publish(3);
        await _segment.CallAsync();

        (await NextTryAsync()).ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(408)]
    [InlineData(413)]
    [InlineData(302)]
    public async Task Send_RefusedForGood_IsNotTriedAgain(int status)
    {
        _segment.Next(status);
        _app.Publish(3);
        await _segment.CallAsync();

        await _app.StopAsync();

        _segment.Unread.ShouldBe(0);
        (_app.Counted("sent"), _app.Counted("dropped")).ShouldBe((0, 3));
        _app.Logs.ShouldBe([$"Dropped 3 events: sending to Segment failed (status {status})"]);
    }

    [Fact]
    public async Task Send_AfterTheLastTry_DropsTheBatchAndGoesOn()
    {
        _segment.Next(503, times: 1 + SegmentClient.Retries);
        _app.Publish(3);
        for (var retry = 0; retry < SegmentClient.Retries; retry++) _app.Clock.Advance(await NextTryAsync());
        _app.Publish(3);
        await _app.StopAsync();

        _segment.Unread.ShouldBe(1 + SegmentClient.Retries + 1);
        (_app.Counted("sent"), _app.Counted("dropped")).ShouldBe((3, 3));
        _app.Logs.ShouldBe(["Dropped 3 events: sending to Segment failed (status 503)"]);
    }

    [Fact]
    public async Task Send_AfterFaults_WaitsLongerAndLongerUpToALimit()
    {
        _segment.Next(503, times: SegmentClient.Retries);
        _app.Publish(3);
        var waits = new List<TimeSpan>();
        for (var retry = 0; retry < SegmentClient.Retries; retry++)
        {
            waits.Add(await NextTryAsync());
            _app.Clock.Advance(waits[^1]);
        }

        waits.ShouldAllBe(wait => wait > TimeSpan.Zero && wait <= SegmentClient.LongestBackoff);
        (waits[^1] + waits[^2]).ShouldBeGreaterThan(waits[0] + waits[1]);
    }

    [Fact]
    public async Task Logs_OfDroppedBatches_HoldNoPayload()
    {
        _segment.Next(400);
        _app.Publish(3);
        await _app.StopAsync();

        var logs = string.Join('\n', _app.Logs);
        logs.ShouldNotBeEmpty();
        foreach (var secret in new[] { ReportingApp.WriteKey, ACall.SidText, "ada@example.com", "attachPay" })
            logs.ShouldNotContain(secret);
    }

    /// <summary>How long it is until the next try: that is the timer which is neither a time limit nor a beat.</summary>
    private Task<TimeSpan> NextTryAsync() =>
        _app.Clock.TimerAsync(due =>
            due > TimeSpan.Zero && due != Timeouts.SegmentTry && due != TimeSpan.FromMinutes(1) && due != TimeSpan.FromSeconds(5));
}
