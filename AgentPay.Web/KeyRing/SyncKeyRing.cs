using System.Globalization;
using System.Xml.Linq;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AgentPay.Web.KeyRing;

/// <summary>
/// The framework's key ring (cookies, antiforgery, sign-in state) in a Sync document that all instances share. The framework reads
/// synchronously, so it gets the snapshot that <see cref="KeyRingRefresh"/> has fetched.
/// </summary>
internal sealed class SyncKeyRing(
    DocumentStore<SealedKeys> documents, KeyRingProtection protection, TimeProvider clock, ILogger<SyncKeyRing> log) : IXmlRepository
{
    public const string Document = "keyRing";

    // Data protected with a key can be read for this long after the key has expired. Sessions end much earlier.
    private static readonly TimeSpan ExpiredKeyRetention = TimeSpan.FromDays(7);

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Snapshot? _snapshot;
    private int _unreadable;

    /// <summary>Completes when the keys can be used.</summary>
    public Task Opened => _opened.Task;

    public void Open() => _opened.TrySetResult();

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. RequireSnapshot().Keys.Where(k => k.By == protection.Name).Select(k => XElement.Parse(WithCurrentDecryptor(k.Xml)))];

    /// <summary>
    /// Stores a new key, unless another instance has just added one that this instance can read. The framework calls this synchronously, in
    /// the background, about every three months.
    /// </summary>
    public void StoreElement(XElement element, string friendlyName) => Task.Run(() => AddAsync(element)).GetAwaiter().GetResult();

    /// <summary>Fetches the key ring. If the document no longer exists, writes the snapshot of this instance back.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var stored = await documents.FetchAsync(Document, cancellation);
        if (stored is null && _snapshot is { Keys.Count: > 0 } last)
            stored = await documents.CreateAsync(Document, new() { Keys = last.Keys }, TimeSpan.Zero, cancellation);
        UpdateSnapshot(stored);
    }

    private async Task AddAsync(XElement element)
    {
        var key = new SealedKey(element.ToString(SaveOptions.DisableFormatting), protection.Name, ExpiryOf(element));
        var known = RequireSnapshot();
        while (true)
        {
            var next = new SealedKeys { Keys = [.. known.Keys.Where(k => k.Expires + ExpiredKeyRetention > clock.GetUtcNow()), key] };
            var stored = known.Revision is null
                ? await documents.CreateAsync(Document, next, TimeSpan.Zero, CancellationToken.None)
                : await documents.UpdateAsync(Document, next, known.Revision, ttl: null, SyncUrgency.Final, CancellationToken.None);
            var now = UpdateSnapshot(stored ?? await documents.FetchAsync(Document, CancellationToken.None));
            if (now.Keys.Contains(key) || now.Keys.Except(known.Keys).Any(k => k.By == protection.Name)) return;
            known = now;
        }
    }

    private Snapshot RequireSnapshot() =>
        _snapshot ?? throw new SyncNotReadyException("The key ring has not been read from Sync yet");

    private Snapshot UpdateSnapshot(Stored<SealedKeys>? stored)
    {
        var snapshot = stored is null ? new Snapshot([], null) : new Snapshot(stored.Data.Keys, stored.Revision);
        _snapshot = snapshot;
        var unreadable = snapshot.Keys.Count(k => k.By != protection.Name);
        if (unreadable > Interlocked.Exchange(ref _unreadable, unreadable)) log.KeysUnreadable(unreadable);
        return snapshot;
    }

    // Keys of earlier versions name the decryptor in its former namespace.
    private static string WithCurrentDecryptor(string xml) =>
        xml.Replace("AgentPay.Web.Identity.KeyRingDecryptor", typeof(KeyRingDecryptor).FullName, StringComparison.Ordinal);

    private static DateTimeOffset ExpiryOf(XElement element) => element.Element("expirationDate") is { } date
        ? DateTimeOffset.Parse(date.Value, CultureInfo.InvariantCulture)
        : DateTimeOffset.MaxValue;

    /// <param name="Revision">Null when there is no document.</param>
    private sealed record Snapshot(IReadOnlyList<SealedKey> Keys, string? Revision);
}
