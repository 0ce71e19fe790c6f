using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>
/// Stores history records of payments and their indexes: payments that need checking, charges by call, and charges by reference. An index
/// item is written before its record, so an index may list too many payments but never misses one. Readers check the record itself.
/// Throws the exceptions of <see cref="MapStore"/>.
/// </summary>
public sealed class HistoryStore(MapStore maps, SyncAcl acl, IOptions<SyncOptions> sync, IOptions<PaymentsOptions> payments)
{
    /// <summary>Payment id → record.</summary>
    public const string ChecksMap = "needs-checking";

    /// <summary>Call SID and payment id → record. Sync limits the requests for one map, so each index has its own.</summary>
    public const string CallChargesMap = "charges-by-call";

    /// <summary>Hash of reference, amount and currency, and the payment id → record.</summary>
    public const string ReferenceChargesMap = "charges-by-reference";

    /// <summary>Page size for charges of one call, or of one reference, amount and currency.</summary>
    private const int ChargesPage = 10;

    /// <summary>How many records are read at the same time.</summary>
    private const int Parallel = 10;

    /// <summary>
    /// Writes the record and its index items. Costs one write, one or two more for a charge, and one more if it needs checking.
    /// </summary>
    public async Task WriteAsync(HistoryRecord record, SyncUrgency urgency, CancellationToken cancellation)
    {
        var (kind, kept) = (PaymentResult.Of(record).Kind, sync.Value.HistoryTtl);
        // Sync refuses longer lifetimes. HistoryRetention deletes the records that do not expire; the indexes end after a year.
        var isWithinSync = kept <= SyncOptions.MaxTtl;
        var indexed = isWithinSync ? kept : SyncOptions.MaxTtl;
        if (kind == ResultKind.Unknown) await WriteAsync(ChecksMap, record.Id.ToString(), record, indexed, urgency, cancellation);
        if (kind is ResultKind.Succeeded or ResultKind.Unknown && record.Amount is { } amount)
        {
            foreach (var (map, charge, ttl) in KeysOf(record.Call, record.Reference, amount, record.Currency))
                await WriteAsync(map, charge + record.Id, record, kind == ResultKind.Unknown ? indexed : ttl, urgency, cancellation);
        }
        await WriteAsync(MapOf(record), record.Id.ToString(), record, isWithinSync ? kept : TimeSpan.Zero, urgency, cancellation);
        if (kind != ResultKind.Unknown && record.Closing is not null) await RemoveCheckAsync(record, cancellation);
    }

    /// <summary>Writes the closing into the record if its revision still matches; otherwise returns false.</summary>
    public async Task<bool> CloseAsync(Stored<HistoryRecord> stored, PaymentClosing closing, CancellationToken cancellation)
    {
        var record = stored.Data with { Closing = closing };
        var written = await maps.UpdateAsync(
            MapOf(record), record.Id.ToString(), record, stored.Revision, null, SyncUrgency.Final, cancellation);
        if (written is null) return false;
        await RemoveCheckAsync(record, cancellation);
        return true;
    }

    /// <summary>Reads the record as Sync holds it now.</summary>
    /// <param name="known">Any copy of the record.</param>
    public Task<Stored<HistoryRecord>?> FetchAsync(HistoryRecord known, CancellationToken cancellation) =>
        maps.FetchAsync<HistoryRecord>(MapOf(known), known.Id.ToString(), cancellation);

    /// <summary>
    /// Reads the payments that need checking, newest first. Removes payments from the index whose result is known by now. Costs one read
    /// for each hundred index items and one for each payment.
    /// </summary>
    /// <param name="isWanted">Selects the payments to read.</param>
    /// <param name="most">How many selected payments to read at most.</param>
    /// <returns>The records, and how many more there are.</returns>
    public async Task<(IReadOnlyList<HistoryRecord> Records, int More)> NeedCheckingAsync(
        Func<HistoryRecord, bool> isWanted, int most, CancellationToken cancellation)
    {
        var listed = await maps.ListAsync<HistoryRecord>(ChecksMap, cancellation)
            .Select(item => item.Data)
            .Where(isWanted)
            .ToListAsync(cancellation);
        listed.Reverse();
        var found = new List<HistoryRecord>();
        foreach (var some in listed.Take(most).Chunk(Parallel))
        {
            foreach (var record in await Task.WhenAll(some.Select(record => CurrentAsync(record, cancellation))))
            {
                if (PaymentResult.Of(record).NeedsChecking) found.Add(record);
                else await RemoveCheckAsync(record, cancellation);
            }
        }
        return (found, Math.Max(0, listed.Count - most));
    }

    /// <summary>
    /// Reads earlier charges: those on the call in the last <see cref="SyncOptions.ItemTtl"/>, and those of the same reference, amount and
    /// currency on any call in the last <see cref="PaymentsOptions.DuplicateWindow"/>. Charges that need checking are included whatever
    /// their age. Costs two reads, and one for each charge.
    /// </summary>
    public async Task<IReadOnlyList<HistoryRecord>> ChargesAsync(CallSid call, PaymentPlan plan, CancellationToken cancellation)
    {
        if (plan.Amount is not { } amount) return [];
        var keys = KeysOf(call, plan.Reference, amount, plan.Currency).Select(key => ChargesAsync(key.Map, key.Prefix, cancellation));
        var found = (await Task.WhenAll(keys)).SelectMany(records => records).DistinctBy(record => record.Id);
        return await Task.WhenAll(found.Select(record => CurrentAsync(record, cancellation)));
    }

    private Task<List<HistoryRecord>> ChargesAsync(string map, string prefix, CancellationToken cancellation) =>
        maps.ListAsync<HistoryRecord>(map, prefix, cancellation, ChargesPage)
            .TakeWhile(item => item.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(item => item.Data)
            .ToListAsync(cancellation)
            .AsTask();

    private async Task<HistoryRecord> CurrentAsync(HistoryRecord known, CancellationToken cancellation) =>
        (await FetchAsync(known, cancellation))?.Data ?? known;

    private async Task WriteAsync(
        string map, string key, HistoryRecord record, TimeSpan ttl, SyncUrgency urgency, CancellationToken cancellation)
    {
        await maps.UpsertAsync(map, key, record, ttl, expectNew: true, urgency, cancellation);
        await acl.CloseAsync(map, cancellation);
    }

    private Task RemoveCheckAsync(HistoryRecord record, CancellationToken cancellation) =>
        maps.RemoveAsync(ChecksMap, record.Id.ToString(), cancellation);

    private static string MapOf(HistoryRecord record) => HistoryRecord.MapOf(DateOnly.FromDateTime(record.Started.UtcDateTime));

    /// <summary>
    /// The key prefix of a charge in each index, and how long the index keeps it. A charge without a reference is in the index of its
    /// call only.
    /// </summary>
    private IEnumerable<(string Map, string Prefix, TimeSpan Kept)> KeysOf(
        CallSid call, string? reference, decimal amount, string currency)
    {
        yield return (CallChargesMap, $"{call}-", sync.Value.ItemTtl);
        var window = payments.Value.DuplicateWindow;
        if (reference is null || window == TimeSpan.Zero) yield break;
        // 42.5 and 42.50 are the same amount.
        var text = string.Create(CultureInfo.InvariantCulture, $"{reference.ToUpperInvariant()}\n{amount:0.##########}\n{currency}");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
        yield return (ReferenceChargesMap, hash + "-", window);
    }
}
