using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Tests.Payments;

/// <summary>Payments of an instance that is killed, and the instance that starts after it.</summary>
public abstract class PaymentSweepTest : IAsyncLifetime
{
    protected static readonly PaymentPlan Plan =
        new("Default", "Default", 5, "USD", null, [CaptureField.PaymentCardNumber, CaptureField.ExpirationDate]);

    protected PaymentsLab Lab { get; } = new();

    protected PaymentsHost Dead { get; private set; } = null!;

    protected PaymentsHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Lab.InitializeAsync();
        Dead = await Lab.StartInstanceAsync();
    }

    public Task DisposeAsync() => Lab.DisposeAsync();

    /// <summary>A payment as an instance leaves it that dies.</summary>
    protected async Task<PaymentSession> LeaveAsync(PaymentPhase phase, bool isRecorded = true)
    {
        var at = Lab.Clock.GetUtcNow();
        // Sync makes 20 objects a second.
        Lab.Clock.Advance(TimeSpan.FromMilliseconds(200));
        var call = CallSid.Parse("CA" + Guid.NewGuid().ToString("N"));
        var session = PaymentSession.Start(PaymentId.New(at), "maria", call, null, Plan, at) with
        {
            Phase = phase,
            Pending = null,
            Payment = phase == PaymentPhase.Submitting ? PaymentSid.Parse("PK" + Guid.NewGuid().ToString("N")) : null,
            Outcome = phase == PaymentPhase.Failed ? new("not-started") : null,
        };
        await Lab.PumpAsync(CreateAsync(session));
        if (isRecorded && session.IsOver)
        {
            var (map, record) = (HistoryRecord.MapOf(session), HistoryRecord.Of(session));
            await Lab.PumpAsync(Dead.Maps.UpsertAsync(
                map, session.Id.ToString(), record, TimeSpan.FromHours(1), expectNew: true, SyncUrgency.Normal, default));
        }
        return session;
    }

    /// <summary>A payment on a call of its own, begun and refused.</summary>
    protected async Task<PaymentSession> EndAsync(PaymentsHost host)
    {
        Lab.Clock.Advance(TimeSpan.FromMilliseconds(200));
        var at = Lab.Clock.GetUtcNow();
        var session = PaymentSession.Start(PaymentId.New(at), "maria", CallSid.Parse("CA" + Guid.NewGuid().ToString("N")), null, Plan, at);
        await host.Service<CallPayments>()
            .ClaimAsync(session.Call, session.Id, _ => Task.FromResult<PaymentSession?>(null), _ => true, default);
        await host.Service<PaymentStore>().CreateAsync(session, default);
        await Lab.PumpAsync(
            host.Flow.ApplyAsync(session.Id, new PaymentEvent.ActionRefused(at, session.PendingKey!, 64004), by: null, default));
        return await host.UntilAsync(session.Id, s => s.IsFinal);
    }

    protected async Task DieAsync()
    {
        await Dead.DisposeAsync();
        Lab.Clock.Advance(PaymentSweep.Interval * 2);
        Host = await Lab.StartInstanceAsync();
    }

    private async Task<bool> CreateAsync(PaymentSession session)
    {
        await Dead.Service<DocumentStore<PaymentSession>>()
            .CreateAsync(PaymentStore.NameOf(session.Id), session, TimeSpan.FromHours(1), default);
        return true;
    }
}
