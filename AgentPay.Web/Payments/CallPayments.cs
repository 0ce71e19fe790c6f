using System.Text.Json;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>Which payment is the latest on a call: a document per call, so that a reload or another instance finds it, and two never start at once.</summary>
public sealed class CallPayments(DocumentStore<CallPayment> documents, IOptions<SyncOptions> options, TimeProvider clock)
{
    /// <summary>How long a call is kept for a payment that is announced and not written down yet. After that, its instance has died in between.</summary>
    private static readonly TimeSpan Announced = TimeSpan.FromMinutes(1);

    /// <summary>Null when nothing has been paid for on this call.</summary>
    public async Task<PaymentId?> LatestAsync(CallSid call, CancellationToken cancellation) => (await documents.FetchAsync(NameOf(call), cancellation))?.Data.Payment;

    /// <summary>Makes a payment the latest of its call; false when there is one already whose end is not known.</summary>
    /// <param name="find">The payment of an id as it is in Sync now; null when there is none.</param>
    public async Task<bool> ClaimAsync(CallSid call, PaymentId payment, Func<PaymentId, Task<PaymentSession?>> find, CancellationToken cancellation)
    {
        var claim = new CallPayment(payment, clock.GetUtcNow());
        var stored = await documents.CreateAsync(NameOf(call), claim, options.Value.ItemTtl, cancellation);
        while (stored.Data.Payment != payment)
        {
            if (!IsFree(stored.Data, await find(stored.Data.Payment))) return false;
            stored = await documents.UpdateAsync(NameOf(call), claim, stored.Revision, options.Value.ItemTtl, SyncUrgency.Normal, cancellation)
                ?? await documents.CreateAsync(NameOf(call), claim, options.Value.ItemTtl, cancellation);
        }
        return true;
    }

    /// <summary>Keeps what is known of the call as long as its payment: afterwards there is nothing to find by it. Costs a read and a write.</summary>
    /// <param name="ended">Final, and kept for <see cref="SyncOptions.EndedTtl"/> itself.</param>
    public async Task EndAsync(PaymentSession ended, CancellationToken cancellation)
    {
        // Over the revision that was read: the next payment on the call may be claiming it.
        if (await ReadAsync(ended.Call, cancellation) is { } stored && stored.Data.Payment == ended.Id)
            await documents.UpdateAsync(NameOf(ended.Call), stored.Data, stored.Revision, options.Value.EndedTtl, SyncUrgency.Normal, cancellation);
    }

    /// <summary>Null also when somebody else has written something to it: then there is nothing of this payment's to keep or to let go of.</summary>
    private async Task<Stored<CallPayment>?> ReadAsync(CallSid call, CancellationToken cancellation)
    {
        try
        {
            return await documents.FetchAsync(NameOf(call), cancellation);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsFree(CallPayment claim, PaymentSession? claimant) => claimant?.IsFinal ?? clock.GetUtcNow() - claim.At >= Announced;

    private static string NameOf(CallSid call) => $"call-{call}";
}

/// <param name="At">When the payment was announced, UTC.</param>
public sealed record CallPayment(PaymentId Payment, DateTimeOffset At);
