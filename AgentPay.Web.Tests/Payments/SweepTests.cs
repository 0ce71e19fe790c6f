using System.Diagnostics.Metrics;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.Payments;

/// <summary>A newly started instance continues the payments of stopped instances, while Sync is slow or fails.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class SweepTests : PaymentSweepTest
{
    [Fact]
    public async Task Sweep_WhileHistoryIsOutOfReach_TakesOnWhatIsInFlight()
    {
        await LeaveAsync(PaymentPhase.Failed);
        var left = await LeaveAsync(PaymentPhase.Submitting);
        await DieAsync();
        Host.Edge.Fault = request => request.Path.Value!.Contains("history-", StringComparison.Ordinal) ? Moment.Before : null;

        await Lab.PumpAsync(Host.LookAsync());

        Host.Service<PaymentStore>().Known(left.Id).ShouldNotBeNull();
    }

    [Fact]
    public async Task Sweep_WhilePayMapIsOutOfReach_TakesOnEverythingAtOnce()
    {
        var left = new List<PaymentSession>();
        for (var i = 0; i < 3; i++) left.Add(await LeaveAsync(PaymentPhase.Submitting));
        await DieAsync();
        var reached = new TaskCompletionSource();
        Host.Edge.Hold = request =>
        {
            if (!request.Path.Value!.Contains("/payMap/", StringComparison.Ordinal)) return null;
            reached.TrySetResult();
            return Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
        };

        var look = Host.LookAsync();
        await reached.Task;

        left.ShouldAllBe(session => Host.Service<PaymentStore>().Known(session.Id) != null);
        Host.Edge.Hold = _ => null;
        await Lab.PumpAsync(look);
    }

    [Fact]
    public async Task Sweep_OfManyThatHaveEnded_ReadsTheirRecordsInPagesAndWritesWhatIsMissing()
    {
        var left = new List<PaymentSession>();
        for (var i = 0; i < 40; i++) left.Add(await LeaveAsync(PaymentPhase.Failed, isRecorded: i != 20));
        await DieAsync();
        var before = await HistoryReadsAsync();

        await Lab.PumpAsync(Host.LookAsync());

        // A page, and, as something was missing in it, who may see the map.
        (await HistoryReadsAsync() - before).ShouldBe(2);
        (await Lab.HistoryAsync(Host, left[20]))!.Result.ShouldBe("not-started");
    }

    [Fact]
    public async Task Sweep_OfAnEndThatAnOlderMilestoneWasWrittenOver_WritesItAgain()
    {
        var host = await Lab.StartInstanceAsync();
        Lab.Door.Remove(Dead.Url);
        var call = await Lab.CallAsync();
        var payment = (await host.StartPaymentAsync(call)).Id;
        await Lab.EnterCardAsync(host, call, payment);
        var ready = host.Service<PaymentStore>().Known(payment)!;
        await host.Desk.SubmitAsync("maria", payment, default);
        var paid = await host.UntilAsync(payment, s => s.IsOver);
        await Lab.HistoryAsync(host, paid);
        await Dead.Service<PaymentRecordWriter>().WritePartialAsync(ready, default);
        Lab.Clock.Advance(PaymentSweep.Interval * 2);

        // The host's own sweep may have begun by itself. Then a look finds nothing to do, and the item is written a moment later.
        var item = (await Lab.PayMapAsync(host, paid))!.Value;
        for (var look = 0; look < 60 && item.GetProperty("status").GetString() == "ready"; look++)
        {
            await Lab.PumpAsync(host.LookAsync());
            item = (await Lab.PayMapAsync(host, paid))!.Value;
        }

        (item.GetProperty("status").GetString(), item.TryGetProperty("ExpirationDate", out _)).ShouldBe(("succeeded", false));
    }

    [Fact]
    public async Task Sweep_AfterManyPaymentsHaveEnded_ReadsOnePage()
    {
        var host = await Lab.StartInstanceAsync();
        for (var i = 0; i < 110; i++) await EndAsync(host);
        Lab.Clock.Advance(PaymentSweep.Interval);
        (await FurtherPagesAsync(host)).ShouldBeGreaterThan(0);

        // The lifetime of 15 minutes begins with the last write. A sweep that began before it was over may still read further pages.
        Lab.Clock.Advance(TimeSpan.FromMinutes(17));
        await Lab.PumpAsync(host.LookAsync());
        Lab.Clock.Advance(PaymentSweep.Interval);

        (await FurtherPagesAsync(host)).ShouldBe(0);
    }

    [Fact]
    public async Task Sweep_OfAnEndThatAScreenStillShows_LetsGoOfItOnceTheScreenIsLeft()
    {
        var host = await Lab.StartInstanceAsync();
        var ended = await EndAsync(host);
        using var leaving = new CancellationTokenSource();
        await using (var screen = host.Feed.WatchAsync(ended.Id, leaving.Token).GetAsyncEnumerator())
        {
            await screen.MoveNextAsync();
            Lab.Clock.Advance(TimeSpan.FromHours(1));
            await Lab.PumpAsync(host.LookAsync());

            // Forgotten, it would be read from Sync every second, where it is no more.
            host.Feed.Latest(ended.Id).ShouldNotBeNull();
        }
        Lab.Clock.Advance(PaymentSweep.Interval);
        await Lab.PumpAsync(host.LookAsync());

        host.Feed.Latest(ended.Id).ShouldBeNull();
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("agent")]
    [InlineData("rows")]
    public async Task Sweep_BesideDocumentsWithHoles_DoesItsWorkOnTheOthers(string hole)
    {
        await MutilateAsync(await LeaveAsync(PaymentPhase.Failed, isRecorded: false), hole);
        await MutilateAsync(await LeaveAsync(PaymentPhase.Submitting), hole);
        var (ended, left) = (await LeaveAsync(PaymentPhase.Failed, isRecorded: false), await LeaveAsync(PaymentPhase.Submitting));
        await DieAsync();

        await Lab.PumpAsync(Host.LookAsync());

        (await Lab.HistoryAsync(Host, ended)).ShouldNotBeNull();
        Host.Service<PaymentStore>().Known(left.Id).ShouldNotBeNull();
        Host.Service<PaymentStore>().InFlight.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Sweep_AfterTheClockHasBeenSetBack_GoesOn()
    {
        // The only instance: another one might end the payment before this one looks.
        var host = Dead;
        await Lab.PumpAsync(host.LookAsync());
        Lab.Clock.Set(TimeSpan.FromHours(-1));
        var left = await LeaveAsync(PaymentPhase.Submitting);
        Lab.Clock.Advance(PaymentSweep.Interval * 2);

        await Lab.PumpAsync(host.LookAsync());

        host.Service<PaymentStore>().Known(left.Id).ShouldNotBeNull();
    }

    /// <summary>How many pages of documents are read after the first, which there always is.</summary>
    private async Task<int> FurtherPagesAsync(PaymentsHost host)
    {
        var pages = 0;
        host.Edge.Hold = request =>
        {
            if (request.Query.ContainsKey("PageToken") && request.Path.Value!.EndsWith("/Documents", StringComparison.Ordinal))
                Interlocked.Increment(ref pages);
            return null;
        };
        await Lab.PumpAsync(host.LookAsync());
        await host.Service<PaymentStore>().ListAsync(default).CountAsync();
        host.Edge.Hold = _ => null;
        return pages;
    }

    /// <summary>Somebody else has written to its document.</summary>
    private async Task MutilateAsync(PaymentSession session, string member)
    {
        var data = JsonSerializer.SerializeToNode(session, SyncJson.Options)!.AsObject();
        data[member] = null;
        await Dead.Service<SyncClient>().Documents.UpdateAsync(
            Dead.Service<SyncSpace>().Service, PaymentStore.NameOf(session.Id), new() { Data = JsonSerializer.SerializeToElement(data) });
    }

    private async Task<int> HistoryReadsAsync() => (await Lab.StatsAsync()).GetProperty("sync").GetProperty("objects").EnumerateObject()
        .Where(o => o.Name.StartsWith("map:history-", StringComparison.Ordinal)).Sum(o => o.Value.GetProperty("reads").GetInt32());
}
