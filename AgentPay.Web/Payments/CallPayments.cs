using System.Collections.Concurrent;
using AgentPay.Web.Sync;
using AgentPay.Web.Twilio;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>Which payment is the latest on a call: a document per call, so that a reload or another instance finds it, and two never start at once.</summary>
public sealed class CallPayments(DocumentStore<CallPayment> documents, IOptions<SyncOptions> options)
{
    private readonly ConcurrentDictionary<CallSid, PaymentId> _claimedHere = new();

    /// <summary>Null when nothing has been paid for on this call.</summary>
    public async Task<PaymentId?> LatestAsync(CallSid call, CancellationToken cancellation) =>
        _claimedHere.TryGetValue(call, out var here) ? here : (await documents.FetchAsync(NameOf(call), cancellation))?.Data.Payment;

    /// <summary>Makes a payment the latest of its call; false when there is one already that <paramref name="isOver"/> does not let go.</summary>
    public async Task<bool> ClaimAsync(CallSid call, PaymentId payment, Func<PaymentId, Task<bool>> isOver, CancellationToken cancellation)
    {
        var stored = await documents.CreateAsync(NameOf(call), new(payment), options.Value.ItemTtl, cancellation);
        while (stored.Data.Payment != payment)
        {
            if (!await isOver(stored.Data.Payment)) return false;
            stored = await documents.UpdateAsync(NameOf(call), new(payment), stored.Revision, options.Value.ItemTtl, SyncUrgency.Normal, cancellation)
                ?? await documents.CreateAsync(NameOf(call), new(payment), options.Value.ItemTtl, cancellation);
        }
        _claimedHere[call] = payment;
        return true;
    }

    /// <summary>Lets go of what this instance knows of payments that it has let go.</summary>
    public void Forget(IReadOnlyCollection<PaymentId> payments)
    {
        foreach (var (call, _) in _claimedHere.Where(c => payments.Contains(c.Value))) _claimedHere.TryRemove(call, out _);
    }

    private static string NameOf(CallSid call) => $"call-{call}";
}

public sealed record CallPayment(PaymentId Payment);
