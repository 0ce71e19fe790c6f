using System.Text.Json;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>
/// Stores the latest payment of each call, in one document per call. A reload or another instance finds the payment there. The document
/// also prevents two payments from starting on one call at the same time.
/// </summary>
public sealed class CallPayments(DocumentStore<CallPayment> documents, IOptions<SyncOptions> options, TimeProvider clock)
{
    /// <summary>
    /// How long a claim without a stored payment blocks the call. After that, the instance is assumed to have stopped before it stored
    /// the payment.
    /// </summary>
    private static readonly TimeSpan ClaimTimeout = TimeSpan.FromMinutes(1);

    /// <summary>How many earlier payments of a call are kept. Sync accepts fewer writes a second of large documents.</summary>
    private const int MaxEarlier = 5;

    /// <summary>Returns the latest payment of the call; null when the call has had none.</summary>
    public async Task<PaymentId?> LatestAsync(CallSid call, CancellationToken cancellation) =>
        (await FindAsync(call, cancellation))?.Payment;

    /// <inheritdoc cref="LatestAsync"/>
    public async Task<CallPayment?> FindAsync(CallSid call, CancellationToken cancellation) =>
        (await documents.FetchAsync(NameOf(call), cancellation))?.Data;

    /// <summary>
    /// Makes a payment the latest of its call. Returns false while the outcome of the previous payment is not known, or when
    /// <paramref name="mayFollow"/> returns false.
    /// </summary>
    /// <param name="find">Reads a payment as Sync holds it now; null when there is none.</param>
    /// <param name="mayFollow">Whether the payment may follow the earlier payments of the call, oldest first.</param>
    public async Task<bool> ClaimAsync(
        CallSid call,
        PaymentId payment,
        Func<PaymentId, Task<PaymentSession?>> find,
        Func<IReadOnlyList<HistoryRecord>, bool> mayFollow,
        CancellationToken cancellation)
    {
        var claim = new CallPayment(payment, clock.GetUtcNow());
        var stored = await documents.CreateAsync(NameOf(call), claim, options.Value.ItemTtl, cancellation);
        while (stored.Data.Payment != payment)
        {
            var before = await find(stored.Data.Payment);
            if (!IsFree(stored.Data, before)) return false;
            claim = claim with { Earlier = [.. stored.Data.AllWith(before).TakeLast(MaxEarlier)] };
            if (!mayFollow(claim.Earlier)) return false;
            stored = await documents.UpdateAsync(
                    NameOf(call), claim, stored.Revision, options.Value.ItemTtl, SyncUrgency.Normal, cancellation)
                ?? await documents.CreateAsync(NameOf(call), claim, options.Value.ItemTtl, cancellation);
        }
        return true;
    }

    /// <summary>Returns whether a payment could start on the call now. Costs one read.</summary>
    /// <inheritdoc cref="ClaimAsync" path="/param[@name='find']"/>
    public async Task<bool> MayClaimAsync(CallSid call, Func<PaymentId, Task<PaymentSession?>> find, CancellationToken cancellation) =>
        await FindAsync(call, cancellation) is not { } latest || IsFree(latest, await find(latest.Payment));

    /// <summary>
    /// Stores how the payment ended. Shortens the lifetime of the document to <see cref="SyncOptions.EndedTtl"/>, because sweeps read
    /// every document. Costs one read and one write.
    /// </summary>
    /// <param name="ended">A final payment.</param>
    public async Task EndAsync(PaymentSession ended, CancellationToken cancellation)
    {
        if (await ReadAsync(ended.Call, cancellation) is not { } stored || stored.Data.Payment != ended.Id) return;
        // Race: the next payment may claim the call now. The revision that was read keeps this write from replacing the claim.
        var data = stored.Data with { Last = HistoryRecord.Of(ended) };
        await documents.UpdateAsync(
            NameOf(ended.Call), data, stored.Revision, options.Value.EndedTtl, SyncUrgency.Normal, cancellation);
    }

    /// <summary>Reads the document of a call; null when there is none, or when another client has replaced its content.</summary>
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

    private bool IsFree(CallPayment claim, PaymentSession? claimant) => claimant is null
        ? clock.GetUtcNow() - claim.At >= ClaimTimeout
        : claimant.IsFinal || claimant.Closing is not null;

    private static string NameOf(CallSid call) => $"call-{call}";
}

/// <param name="Payment">The latest payment of the call.</param>
/// <param name="At">When the payment claimed the call, UTC.</param>
public sealed record CallPayment(PaymentId Payment, DateTimeOffset At)
{
    /// <summary>How the latest payment ended; null while it runs, and in documents of earlier versions.</summary>
    public HistoryRecord? Last { get; init; }

    /// <summary>The payments before the latest, oldest first; null when there are none.</summary>
    public IReadOnlyList<HistoryRecord>? Earlier { get; init; }

    /// <summary>All payments of the call that are over, oldest first.</summary>
    /// <param name="latest">The latest payment; null when its document has expired.</param>
    internal IEnumerable<HistoryRecord> AllWith(PaymentSession? latest)
    {
        var last = latest is { IsFinal: true } or { Closing: not null } ? HistoryRecord.Of(latest) : Last;
        return last is null ? Earlier ?? [] : [.. Earlier ?? [], last];
    }
}
