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

    /// <summary>How many earlier payments of a call are kept: Sync takes large documents more slowly.</summary>
    private const int Most = 5;

    /// <summary>Null when nothing has been paid for on this call.</summary>
    public async Task<PaymentId?> LatestAsync(CallSid call, CancellationToken cancellation) => (await FindAsync(call, cancellation))?.Payment;

    /// <inheritdoc cref="LatestAsync"/>
    public async Task<CallPayment?> FindAsync(CallSid call, CancellationToken cancellation) => (await documents.FetchAsync(NameOf(call), cancellation))?.Data;

    /// <summary>Makes a payment the latest of its call; false when there is one already whose end is not known, or when it may not follow those before.</summary>
    /// <param name="find">The payment of an id as it is in Sync now; null when there is none.</param>
    /// <param name="mayFollow">Whether the payment may be made after those that the call has had, oldest first.</param>
    public async Task<bool> ClaimAsync(
        CallSid call, PaymentId payment, Func<PaymentId, Task<PaymentSession?>> find, Func<IReadOnlyList<HistoryRecord>, bool> mayFollow, CancellationToken cancellation)
    {
        var claim = new CallPayment(payment, clock.GetUtcNow());
        var stored = await documents.CreateAsync(NameOf(call), claim, options.Value.ItemTtl, cancellation);
        while (stored.Data.Payment != payment)
        {
            var before = await find(stored.Data.Payment);
            if (!IsFree(stored.Data, before)) return false;
            claim = claim with { Earlier = [.. stored.Data.AllWith(before).TakeLast(Most)] };
            if (!mayFollow(claim.Earlier)) return false;
            stored = await documents.UpdateAsync(NameOf(call), claim, stored.Revision, options.Value.ItemTtl, SyncUrgency.Normal, cancellation)
                ?? await documents.CreateAsync(NameOf(call), claim, options.Value.ItemTtl, cancellation);
        }
        return true;
    }

    /// <summary>
    /// Writes down how the payment ended, and keeps what is known of the call for <see cref="SyncOptions.EndedTtl"/>: sweeps read every document there is.
    /// Costs a read and a write.
    /// </summary>
    /// <param name="ended">Final.</param>
    public async Task EndAsync(PaymentSession ended, CancellationToken cancellation)
    {
        // Over the revision that was read: the next payment on the call may be claiming it.
        if (await ReadAsync(ended.Call, cancellation) is { } stored && stored.Data.Payment == ended.Id)
            await documents.UpdateAsync(NameOf(ended.Call), stored.Data with { Last = HistoryRecord.Of(ended) }, stored.Revision, options.Value.EndedTtl, SyncUrgency.Normal, cancellation);
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

    private bool IsFree(CallPayment claim, PaymentSession? claimant) => claimant is null ? clock.GetUtcNow() - claim.At >= Announced : claimant.IsFinal || claimant.Closing is not null;

    private static string NameOf(CallSid call) => $"call-{call}";
}

/// <param name="Payment">The latest.</param>
/// <param name="At">When the payment was announced, UTC.</param>
public sealed record CallPayment(PaymentId Payment, DateTimeOffset At)
{
    /// <summary>How the latest ended; null before that, and in documents of an earlier version.</summary>
    public HistoryRecord? Last { get; init; }

    /// <summary>The payments before the latest, oldest first; null when there are none.</summary>
    public IReadOnlyList<HistoryRecord>? Earlier { get; init; }

    /// <summary>All payments of the call that are over, oldest first.</summary>
    /// <param name="latest">The latest, when its document is still there.</param>
    internal IEnumerable<HistoryRecord> AllWith(PaymentSession? latest) =>
        [.. Earlier ?? [], .. (latest is { IsFinal: true } or { Closing: not null } ? HistoryRecord.Of(latest) : Last) is { } last ? new[] { last } : []];
}
