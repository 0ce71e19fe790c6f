using System.Diagnostics.Metrics;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.Payments;

/// <summary>Running and ended payments, while some of them or Sync fail.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class PaymentWatchTests : PaymentSweepTest
{
    [Fact]
    public async Task CallOfAnEndedPayment_ClaimedByTheNextMeanwhile_KeepsItsLifetime()
    {
        var host = await Lab.StartInstanceAsync();
        var ended = await EndAsync(host);
        var next = PaymentId.New(Lab.Clock.GetUtcNow());
        (await host.Service<CallPayments>().ClaimAsync(ended.Call, next, _ => Task.FromResult<PaymentSession?>(ended), _ => true, default))
            .ShouldBeTrue();

        await host.Service<CallPayments>().EndAsync(ended, default);
        Lab.Clock.Advance(TimeSpan.FromHours(1));

        (await host.Service<CallPayments>().LatestAsync(ended.Call, default)).ShouldBe(next);
    }

    [Fact]
    public async Task Attendance_WhileTheSweepHangs_GoesOn()
    {
        await DieAsync();
        var listed = new TaskCompletionSource();
        Host.Edge.Hold = request =>
        {
            if (request.Method != HttpMethods.Get || !request.Path.Value!.EndsWith("/Documents", StringComparison.Ordinal)) return null;
            listed.TrySetResult();
            return Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
        };
        var at = Lab.Clock.GetUtcNow();
        var payment = PaymentSession.Start(PaymentId.New(at), "maria", CallSid.Parse(await Lab.CallAsync()), null, Plan, at)
            with { Phase = PaymentPhase.Submitting, Pending = null };
        await Host.Service<PaymentStore>().CreateAsync(payment, default);
        Lab.Clock.Advance(PaymentSweep.Interval);
        await listed.Task;

        Lab.Clock.Advance(TimeSpan.FromSeconds(1));

        (await Host.UntilAsync(payment.Id, s => s.IsOver)).Phase.ShouldBe(PaymentPhase.Unknown);
    }

    [Fact]
    public async Task Payment_WhoseCallCannotBeRead_IsRecordedAllTheSame()
    {
        var host = await Lab.StartInstanceAsync();
        var (sync, service) = (host.Service<SyncClient>(), host.Service<SyncSpace>().Service);
        var payment = await host.StartPaymentAsync(await Lab.CallAsync());
        await sync.Documents.UpdateAsync(
            service, $"call-{payment.Call}", new() { Data = JsonSerializer.SerializeToElement(new { payment = "?" }) });

        await host.Desk.CancelAsync("maria", payment.Id, default);
        payment = await host.UntilAsync(payment.Id, s => s.IsFinal);

        (await Lab.HistoryAsync(host, payment))!.Result.ShouldBe("transaction-cancelled");
        host.Records.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Payment_GoneFromSync_IsLetGoOfByTheFeed()
    {
        var host = await Lab.StartInstanceAsync();
        var payment = (await host.StartPaymentAsync(await Lab.CallAsync())).Id;
        await host.Service<SyncClient>().Documents.DeleteAsync(host.Service<SyncSpace>().Service, PaymentStore.NameOf(payment));

        (await host.Flow.RefreshAsync(payment, default)).ShouldBeNull();

        host.Feed.Latest(payment).ShouldBeNull();
    }

    [Fact]
    public async Task Import_WhileAnEventIsDecided_MakesItApplyToWhatWasImported()
    {
        var (host, other) = (await Lab.StartInstanceAsync(), await Lab.StartInstanceAsync());
        var (store, known) = (host.Service<PaymentStore>(), await host.StartPaymentAsync(await Lab.CallAsync()));
        known = await host.UntilAsync(known.Id, s => s.Pending is null && s.Current is not null);
        PaymentsHost.Done(await other.Desk.TakeOverAsync(Agents.Supervisor("priya"), known.Id, default));
        var taken = await store.ListAsync(default).SingleAsync(s => s.Data.Id == known.Id);

        var isImported = false;
        var change = await store.ChangeAsync(known.Id, session =>
        {
            isImported |= store.Import(taken, store.Mark());
            return session!.Apply(new PaymentEvent.CancelAsked(Lab.Clock.GetUtcNow()));
        }, confirms: false, default);

        isImported.ShouldBeTrue();
        (change!.After.Phase, change.After.Agent).ShouldBe((PaymentPhase.Cancelling, "priya"));
    }

    [Fact]
    public async Task Attendance_OfAPaymentThatIsBrokenOff_GoesOnWithTheOthers()
    {
        var host = await Lab.StartInstanceAsync();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, itself) =>
            {
                if (instrument.Name == "agentpay.payments.phases" && instrument.Meter.Scope == host.Service<IMeterFactory>())
                    itself.EnableMeasurementEvents(instrument);
            },
        };
        var measured = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
        {
            if (measured.TrySetResult()) throw new OperationCanceledException("Not because anybody stops");
        });
        listener.Start();
        await OverdueAsync(host);
        Lab.Clock.Advance(TimeSpan.FromSeconds(1));
        await measured.Task.WaitAsync(TestLimit.Time);

        var next = await OverdueAsync(host);
        // The first tick may come while the broken one is still being cleared away.
        Lab.Clock.Advance(TimeSpan.FromSeconds(1));
        Lab.Clock.Advance(TimeSpan.FromSeconds(1));

        (await host.UntilAsync(next, s => s.IsOver)).Phase.ShouldBe(PaymentPhase.Unknown);
    }

    /// <summary>A payment that has been submitted for a minute.</summary>
    private async Task<PaymentId> OverdueAsync(PaymentsHost host)
    {
        var at = Lab.Clock.GetUtcNow() - TimeSpan.FromMinutes(1);
        var payment = PaymentSession.Start(PaymentId.New(at), "maria", CallSid.Parse(await Lab.CallAsync()), null, Plan, at)
            with { Phase = PaymentPhase.Submitting, Pending = null };
        await host.Service<PaymentStore>().CreateAsync(payment, default);
        return payment.Id;
    }
}
