using System.Collections.Concurrent;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>
/// Half-typed, masked digits in <c>payMap</c>, for clients that drive their payments themselves and show them. It writes in the payment's
/// turn, and only what is half-typed at that moment: so never after a milestone that has overtaken it, and never after the end.
/// </summary>
public sealed class PartialMirror(PaymentStore store, PaymentTurns turns, PaymentRecords records, IOptions<SyncOptions> options, TimeProvider clock, ILogger<PartialMirror> log)
{
    /// <summary>Between two writes of one payment.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<PaymentId, bool> _followed = new();

    /// <summary>To be called in the payment's turn, when something has happened that is not a milestone.</summary>
    public void Follow(PaymentSession session)
    {
        if (options.Value.MirrorPartials && session.Plan.Driver == PaymentDriver.Client && session.IsHalfTyped && _followed.TryAdd(session.Id, true)) _ = FollowAsync(session.Id);
    }

    private async Task FollowAsync(PaymentId payment)
    {
        PaymentSession? written = null;
        try
        {
            while ((written = await WriteAsync(payment, written)) is not null) await Task.Delay(Pace, clock);
        }
        catch (Exception down) when (SyncProblem.IsUnavailable(down))
        {
            log.NotWritten(payment, "a half-typed field", down.Message);
            _followed.TryRemove(payment, out _);
        }
    }

    /// <summary>Null when there is nothing new to write: then nobody follows any more, which the next digit finds in its own turn.</summary>
    private async Task<PaymentSession?> WriteAsync(PaymentId id, PaymentSession? written)
    {
        using var turn = await turns.EnterAsync(id, CancellationToken.None);
        if (await store.LoadAsync(id, CancellationToken.None) is { Payment: { } payment } session && session != written && session.IsHalfTyped)
        {
            await records.WritePartialAsync(payment, session, CancellationToken.None);
            return session;
        }
        _followed.TryRemove(id, out _);
        return null;
    }
}
