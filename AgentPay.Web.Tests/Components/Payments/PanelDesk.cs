using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>
/// A payment desk with its feed, on a sandbox with callers: one for all tests of a class, each of which has calls of its own.
/// </summary>
public sealed class PanelDesk : IAsyncLifetime
{
    public PaymentsLab Lab { get; } = new();

    public PaymentsHost Host { get; private set; } = null!;

    /// <summary>The services of the instance.</summary>
    public IServiceProvider Services => Host.Service<IServiceProvider>();

    public async Task InitializeAsync()
    {
        await Lab.InitializeAsync();
        Host = await Lab.StartInstanceAsync();
    }

    public Task DisposeAsync() => Lab.DisposeAsync();

    /// <summary>Writes a payment down as the latest of a call that is not at Twilio.</summary>
    public async Task<PaymentSession> KeepAsync(PaymentSession session, string agent)
    {
        var own = session with { Id = PaymentId.New(APayment.Noon), Call = NewCall(), Agent = agent };
        await Host.Service<PaymentStore>().CreateAsync(own, default);
        await Host.Service<CallPayments>().ClaimAsync(own.Call, own.Id, _ => Task.FromResult<PaymentSession?>(null), _ => true, default);
        return own;
    }

    /// <summary>Shows a snapshot to those who watch here.</summary>
    public PaymentSession Publish(PaymentSession session)
    {
        var next = session with { Version = session.Version + 1 };
        Host.Feed.Publish(next.Id, next);
        return next;
    }

    public static CallSid NewCall() => CallSid.Parse("CA" + Guid.NewGuid().ToString("N"));
}
