using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Payments;

/// <summary>
/// An agent and a caller who bring one payment to its end, whatever happens on the way: they look at the screen, do what it calls for, and
/// when
/// nothing moves, let time pass and try again.
/// </summary>
internal sealed class AgentAndCaller(PaymentsLab lab, PaymentsHost host, string call)
{
    private readonly HashSet<(CaptureField, int)> _typed = [];

    public async Task<PaymentSession> ToTheEndAsync()
    {
        var payment = await FindOrStartAsync();
        for (var (still, last) = (0, (PaymentSession?)null); still < 50 && !host.IsGone;)
        {
            var session = await lab.PumpAsync(
                host.Flow.RefreshAsync(payment, default)) ?? throw new InvalidOperationException("The payment is gone");
            if (session.IsOver) return session;
            await ActAsync(session, still);
            var isSame = last is not null && (session.Version, session.Step) == (last.Version, last.Step);
            last = session;
            if (!isSame || await ChangesAsync(session)) still = 0;
            else still++;
            if (still > 0) await LetTimePassAsync();
        }
        throw new TimeoutException($"The payment stands still: {host.Feed.Latest(payment)?.Phase}");
    }

    /// <summary>As a screen that is opened on the call: the payment there is, or a new one.</summary>
    private async Task<PaymentId> FindOrStartAsync()
    {
        var sid = CallSid.Parse(call);
        var calls = host.Service<CallPayments>();
        for (var tries = 0; tries < 3; tries++)
        {
            if (await calls.LatestAsync(sid, default) is { } there && await host.Flow.RefreshAsync(there, default) is not null)
                return there;
            if (await lab.PumpAsync(host.Desk.StartAsync("maria", new(sid, Amount: 42.50m), default)) is DeskAnswer.Done done)
                return done.Payment.Id;
            lab.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        throw new InvalidOperationException("The call is not let go");
    }

    private async Task ActAsync(PaymentSession session, int still)
    {
        if (session.Phase == PaymentPhase.Ready)
        {
            await lab.PumpAsync(host.Desk.SubmitAsync("maria", session.Id, default));
        }
        else if (session is { Phase: PaymentPhase.Capturing, Pending: null, Current: { } field } && session.Row(field) is { } row)
        {
            if (row.IsOpen && _typed.Add((field, row.Asked))) await lab.PressAsync(call, KeysOf(field));
            else if (still > 1) await lab.PumpAsync(host.Desk.AskAsync("maria", session.Id, field, default));
        }
    }

    private async Task<bool> ChangesAsync(PaymentSession session) =>
        await host.BeforeIdleAsync(session.Id, next => next.Supersedes(session)) is not null;

    private async Task LetTimePassAsync()
    {
        lab.Clock.Advance(TimeSpan.FromSeconds(5));
        await lab.PumpAsync(host.LookAsync());
    }

    public static string KeysOf(CaptureField field) => field switch
    {
        CaptureField.PaymentCardNumber => PaymentsLab.GoodCard,
        CaptureField.ExpirationDate => "1230",
        _ => "123",
    };
}
