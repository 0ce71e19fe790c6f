using System.Diagnostics.Metrics;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.Payments;

/// <summary>What an instance that has just started does about payments that dead ones have left, while Sync is slow or short of breath.</summary>
[Collection(TimePasses.Name)]
public sealed class SweepTests : IAsyncLifetime
{
    private static readonly PaymentPlan Plan = new("Default", "Default", 5, "USD", null, [CaptureField.PaymentCardNumber, CaptureField.ExpirationDate]);

    private readonly PaymentsLab _lab = new();
    private PaymentsHost _dead = null!;
    private PaymentsHost _host = null!;

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _dead = await _lab.StartInstanceAsync();
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Sweep_WhileHistoryIsOutOfReach_TakesOnWhatIsInFlight()
    {
        await LeaveAsync(PaymentPhase.Failed);
        var left = await LeaveAsync(PaymentPhase.Submitting);
        await DieAsync();
        _host.Edge.Fault = request => request.Path.Value!.Contains("history-", StringComparison.Ordinal) ? Moment.Before : null;

        await _lab.PumpAsync(_host.LookAsync());

        _host.Service<PaymentStore>().Known(left.Id).ShouldNotBeNull();
    }

    [Fact]
    public async Task Sweep_WhilePayMapIsOutOfReach_TakesOnEverythingAtOnce()
    {
        var left = new List<PaymentSession>();
        for (var i = 0; i < 3; i++) left.Add(await LeaveAsync(PaymentPhase.Submitting));
        await DieAsync();
        var reached = new TaskCompletionSource();
        _host.Edge.Hold = request =>
        {
            if (!request.Path.Value!.Contains("/payMap/", StringComparison.Ordinal)) return null;
            reached.TrySetResult();
            return Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
        };

        var look = _host.LookAsync();
        await reached.Task;

        left.ShouldAllBe(session => _host.Service<PaymentStore>().Known(session.Id) != null);
        _host.Edge.Hold = _ => null;
        await _lab.PumpAsync(look);
    }

    [Fact]
    public async Task Sweep_OfManyThatHaveEnded_ReadsTheirRecordsInPagesAndWritesWhatIsMissing()
    {
        var left = new List<PaymentSession>();
        for (var i = 0; i < 40; i++) left.Add(await LeaveAsync(PaymentPhase.Failed, isRecorded: i != 20));
        await DieAsync();
        var before = await HistoryReadsAsync();

        await _lab.PumpAsync(_host.LookAsync());

        // A page, and, as something was missing in it, who may see the map.
        (await HistoryReadsAsync() - before).ShouldBe(2);
        (await _lab.HistoryAsync(_host, left[20]))!.Result.ShouldBe("not-started");
    }

    [Fact]
    public async Task Sweep_OfAnEndThatAnOlderMilestoneWasWrittenOver_WritesItAgain()
    {
        var host = await _lab.StartInstanceAsync();
        _lab.Door.Remove(_dead.Url);
        var call = await _lab.CallAsync();
        var payment = (await host.StartPaymentAsync(call)).Id;
        await _lab.EnterCardAsync(host, call, payment);
        var ready = host.Service<PaymentStore>().Known(payment)!;
        await host.Desk.SubmitAsync("maria", payment, default);
        var paid = await host.UntilAsync(payment, s => s.IsOver);
        await _lab.HistoryAsync(host, paid);
        await _dead.Service<PaymentRecordWriter>().WritePartialAsync(ready, default);
        _lab.Clock.Advance(PaymentSweep.Interval * 2);

        await _lab.PumpAsync(host.LookAsync());

        var item = (await _lab.PayMapAsync(host, paid))!.Value;
        (item.GetProperty("status").GetString(), item.TryGetProperty("ExpirationDate", out _)).ShouldBe(("succeeded", false));
    }

    [Fact]
    public async Task Sweep_AfterManyPaymentsHaveEnded_ReadsOnePage()
    {
        var host = await _lab.StartInstanceAsync();
        for (var i = 0; i < 110; i++) await EndAsync(host);
        _lab.Clock.Advance(PaymentSweep.Interval);
        (await FurtherPagesAsync(host)).ShouldBeGreaterThan(0);

        _lab.Clock.Advance(TimeSpan.FromMinutes(15));

        (await FurtherPagesAsync(host)).ShouldBe(0);
    }

    [Fact]
    public async Task Sweep_OfAnEndThatAScreenStillShows_LetsGoOfItOnceTheScreenIsLeft()
    {
        var host = await _lab.StartInstanceAsync();
        var ended = await EndAsync(host);
        using var leaving = new CancellationTokenSource();
        await using (var screen = host.Feed.WatchAsync(ended.Id, leaving.Token).GetAsyncEnumerator())
        {
            await screen.MoveNextAsync();
            _lab.Clock.Advance(TimeSpan.FromHours(1));
            await _lab.PumpAsync(host.LookAsync());

            // Forgotten, it would be read from Sync every second, where it is no more.
            host.Feed.Latest(ended.Id).ShouldNotBeNull();
        }
        _lab.Clock.Advance(PaymentSweep.Interval);
        await _lab.PumpAsync(host.LookAsync());

        host.Feed.Latest(ended.Id).ShouldBeNull();
    }

    [Fact]
    public async Task CallOfAnEndedPayment_ClaimedByTheNextMeanwhile_KeepsItsLifetime()
    {
        var host = await _lab.StartInstanceAsync();
        var ended = await EndAsync(host);
        var next = PaymentId.New(_lab.Clock.GetUtcNow());
        (await host.Service<CallPayments>().ClaimAsync(ended.Call, next, _ => Task.FromResult<PaymentSession?>(ended), _ => true, default)).ShouldBeTrue();

        await host.Service<CallPayments>().EndAsync(ended, default);
        _lab.Clock.Advance(TimeSpan.FromHours(1));

        (await host.Service<CallPayments>().LatestAsync(ended.Call, default)).ShouldBe(next);
    }

    [Fact]
    public async Task Attendance_WhileTheSweepHangs_GoesOn()
    {
        await DieAsync();
        var listed = new TaskCompletionSource();
        _host.Edge.Hold = request =>
        {
            if (request.Method != HttpMethods.Get || !request.Path.Value!.EndsWith("/Documents", StringComparison.Ordinal)) return null;
            listed.TrySetResult();
            return Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
        };
        var payment = PaymentSession.Start(PaymentId.New(_lab.Clock.GetUtcNow()), "maria", CallSid.Parse(await _lab.CallAsync()), null, Plan, _lab.Clock.GetUtcNow()) with { Phase = PaymentPhase.Submitting, Pending = null };
        await _host.Service<PaymentStore>().CreateAsync(payment, default);
        _lab.Clock.Advance(PaymentSweep.Interval);
        await listed.Task;

        _lab.Clock.Advance(TimeSpan.FromSeconds(1));

        (await _host.UntilAsync(payment.Id, s => s.IsOver)).Phase.ShouldBe(PaymentPhase.Unknown);
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

        await _lab.PumpAsync(_host.LookAsync());

        (await _lab.HistoryAsync(_host, ended)).ShouldNotBeNull();
        _host.Service<PaymentStore>().Known(left.Id).ShouldNotBeNull();
        _host.Service<PaymentStore>().InFlight.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Payment_WhoseCallCannotBeRead_IsRecordedAllTheSame()
    {
        var host = await _lab.StartInstanceAsync();
        var (sync, service) = (host.Service<SyncClient>(), host.Service<SyncSpace>().Service);
        var payment = await host.StartPaymentAsync(await _lab.CallAsync());
        await sync.Documents.UpdateAsync(service, $"call-{payment.Call}", new() { Data = JsonSerializer.SerializeToElement(new { payment = "?" }) });

        await host.Desk.CancelAsync("maria", payment.Id, default);
        payment = await host.UntilAsync(payment.Id, s => s.IsFinal);

        (await _lab.HistoryAsync(host, payment))!.Result.ShouldBe("transaction-cancelled");
        host.Records.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Payment_GoneFromSync_IsLetGoOfByTheFeed()
    {
        var host = await _lab.StartInstanceAsync();
        var payment = (await host.StartPaymentAsync(await _lab.CallAsync())).Id;
        await host.Service<SyncClient>().Documents.DeleteAsync(host.Service<SyncSpace>().Service, PaymentStore.NameOf(payment));

        (await host.Flow.RefreshAsync(payment, default)).ShouldBeNull();

        host.Feed.Latest(payment).ShouldBeNull();
    }

    [Fact]
    public async Task Sweep_AfterTheClockHasBeenSetBack_GoesOn()
    {
        var host = await _lab.StartInstanceAsync();
        await _lab.PumpAsync(host.LookAsync());
        _lab.Clock.Set(TimeSpan.FromHours(-1));
        var left = await LeaveAsync(PaymentPhase.Submitting);
        _lab.Clock.Advance(PaymentSweep.Interval * 2);

        await _lab.PumpAsync(host.LookAsync());

        host.Service<PaymentStore>().Known(left.Id).ShouldNotBeNull();
    }

    [Fact]
    public async Task Import_WhileAnEventIsDecided_MakesItApplyToWhatWasImported()
    {
        var (host, other) = (await _lab.StartInstanceAsync(), await _lab.StartInstanceAsync());
        var (store, known) = (host.Service<PaymentStore>(), await host.StartPaymentAsync(await _lab.CallAsync()));
        known = await host.UntilAsync(known.Id, s => s.Pending is null && s.Current is not null);
        PaymentsHost.Done(await other.Desk.TakeOverAsync(Agents.Supervisor("priya"), known.Id, default));
        var taken = await store.ListAsync(default).SingleAsync(s => s.Data.Id == known.Id);

        var isImported = false;
        var change = await store.ChangeAsync(known.Id, session =>
        {
            isImported |= store.Import(taken, store.Mark());
            return session!.Apply(new PaymentEvent.CancelAsked(_lab.Clock.GetUtcNow()));
        }, confirms: false, default);

        isImported.ShouldBeTrue();
        (change!.After.Phase, change.After.Agent).ShouldBe((PaymentPhase.Cancelling, "priya"));
    }

    [Fact]
    public async Task Attendance_OfAPaymentThatIsBrokenOff_GoesOnWithTheOthers()
    {
        var host = await _lab.StartInstanceAsync();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, itself) =>
            {
                if (instrument.Name == "agentpay.payments.phases" && instrument.Meter.Scope == host.Service<IMeterFactory>()) itself.EnableMeasurementEvents(instrument);
            },
        };
        var measured = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
        {
            if (measured.TrySetResult()) throw new OperationCanceledException("Not because anybody stops");
        });
        listener.Start();
        await OverdueAsync(host);
        _lab.Clock.Advance(TimeSpan.FromSeconds(1));
        await measured.Task.WaitAsync(TestLimit.Time);

        var next = await OverdueAsync(host);
        // The first tick may come while the broken one is still being cleared away.
        _lab.Clock.Advance(TimeSpan.FromSeconds(1));
        _lab.Clock.Advance(TimeSpan.FromSeconds(1));

        (await host.UntilAsync(next, s => s.IsOver)).Phase.ShouldBe(PaymentPhase.Unknown);
    }

    /// <summary>A payment that has been submitted for a minute.</summary>
    private async Task<PaymentId> OverdueAsync(PaymentsHost host)
    {
        var at = _lab.Clock.GetUtcNow() - TimeSpan.FromMinutes(1);
        var payment = PaymentSession.Start(PaymentId.New(at), "maria", CallSid.Parse(await _lab.CallAsync()), null, Plan, at) with { Phase = PaymentPhase.Submitting, Pending = null };
        await host.Service<PaymentStore>().CreateAsync(payment, default);
        return payment.Id;
    }

    /// <summary>A payment as an instance leaves it that dies.</summary>
    private async Task<PaymentSession> LeaveAsync(PaymentPhase phase, bool isRecorded = true)
    {
        var at = _lab.Clock.GetUtcNow();
        // Sync makes 20 objects a second.
        _lab.Clock.Advance(TimeSpan.FromMilliseconds(200));
        var session = PaymentSession.Start(PaymentId.New(at), "maria", CallSid.Parse("CA" + Guid.NewGuid().ToString("N")), null, Plan, at) with
        {
            Phase = phase,
            Pending = null,
            Payment = phase == PaymentPhase.Submitting ? PaymentSid.Parse("PK" + Guid.NewGuid().ToString("N")) : null,
            Outcome = phase == PaymentPhase.Failed ? new("not-started") : null,
        };
        await _lab.PumpAsync(CreateAsync(session));
        if (isRecorded && session.IsOver) await _lab.PumpAsync(_dead.Maps.UpsertAsync(HistoryRecord.MapOf(session), session.Id.ToString(), HistoryRecord.Of(session), TimeSpan.FromHours(1), expectNew: true, SyncUrgency.Normal, default));
        return session;
    }

    /// <summary>A payment on a call of its own, begun and refused.</summary>
    private async Task<PaymentSession> EndAsync(PaymentsHost host)
    {
        _lab.Clock.Advance(TimeSpan.FromMilliseconds(200));
        var at = _lab.Clock.GetUtcNow();
        var session = PaymentSession.Start(PaymentId.New(at), "maria", CallSid.Parse("CA" + Guid.NewGuid().ToString("N")), null, Plan, at);
        await host.Service<CallPayments>().ClaimAsync(session.Call, session.Id, _ => Task.FromResult<PaymentSession?>(null), _ => true, default);
        await host.Service<PaymentStore>().CreateAsync(session, default);
        await _lab.PumpAsync(host.Flow.HappenAsync(session.Id, new PaymentEvent.ActionRefused(at, session.PendingKey!, 64004), by: null, default));
        return await host.UntilAsync(session.Id, s => s.IsFinal);
    }

    /// <summary>How many pages of documents are read after the first, which there always is.</summary>
    private async Task<int> FurtherPagesAsync(PaymentsHost host)
    {
        var pages = 0;
        host.Edge.Hold = request =>
        {
            if (request.Query.ContainsKey("PageToken") && request.Path.Value!.EndsWith("/Documents", StringComparison.Ordinal)) Interlocked.Increment(ref pages);
            return null;
        };
        await _lab.PumpAsync(host.LookAsync());
        await host.Service<PaymentStore>().ListAsync(default).CountAsync();
        host.Edge.Hold = _ => null;
        return pages;
    }

    private async Task<bool> CreateAsync(PaymentSession session)
    {
        await _dead.Service<DocumentStore<PaymentSession>>().CreateAsync(PaymentStore.NameOf(session.Id), session, TimeSpan.FromHours(1), default);
        return true;
    }

    /// <summary>Somebody else has written to its document.</summary>
    private async Task MutilateAsync(PaymentSession session, string member)
    {
        var data = JsonSerializer.SerializeToNode(session, SyncJson.Options)!.AsObject();
        data[member] = null;
        await _dead.Service<SyncClient>().Documents.UpdateAsync(_dead.Service<SyncSpace>().Service, PaymentStore.NameOf(session.Id), new() { Data = JsonSerializer.SerializeToElement(data) });
    }

    private async Task DieAsync()
    {
        await _dead.DisposeAsync();
        _lab.Clock.Advance(PaymentSweep.Interval * 2);
        _host = await _lab.StartInstanceAsync();
    }

    private async Task<int> HistoryReadsAsync() => (await _lab.StatsAsync()).GetProperty("sync").GetProperty("objects").EnumerateObject()
        .Where(o => o.Name.StartsWith("map:history-", StringComparison.Ordinal)).Sum(o => o.Value.GetProperty("reads").GetInt32());
}
