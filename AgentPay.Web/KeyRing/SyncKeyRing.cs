using System.Globalization;
using System.Xml.Linq;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AgentPay.Web.KeyRing;

/// <summary>
/// The framework's key ring (cookies, antiforgery, sign-in state), in a document of Sync that all instances share. The framework reads
/// synchronously, so it reads what <see cref="KeyRingKeeper"/> has fetched, and never waits for Sync.
/// </summary>
internal sealed class SyncKeyRing(DocumentStore<SealedKeys> documents, KeyRingProtection protection, TimeProvider clock, ILogger<SyncKeyRing> log) : IXmlRepository
{
    public const string Document = "keyRing";

    /// <summary>What an expired key has protected may be read for a while; sessions are over long before.</summary>
    private static readonly TimeSpan KeptExpired = TimeSpan.FromDays(7);

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Copy? _known;
    private int _unreadable;

    /// <summary>Ends when there are keys to work with.</summary>
    public Task Opened => _opened.Task;

    public void Open() => _opened.TrySetResult();

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var known = _known ?? throw new SyncNotReadyException("The key ring has not been read from Sync yet");
        return [.. known.Keys.Where(k => k.By == protection.Name).Select(k => XElement.Parse(WithCurrentDecryptor(k.Xml)))];
    }

    /// <summary>
    /// Keeps a new key, unless another instance has just made one: that one is used then. The framework may use a key only once it is
    /// stored, and asks synchronously; it does so once in three months, in the background.
    /// </summary>
    public void StoreElement(XElement element, string friendlyName) => Task.Run(() => AddAsync(element)).GetAwaiter().GetResult();

    /// <summary>Fetches the ring; where Sync has lost it, what this instance knows is put back.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var stored = await documents.FetchAsync(Document, cancellation);
        if (stored is null && _known is { Keys.Count: > 0 } lost) stored = await documents.CreateAsync(Document, new() { Keys = lost.Keys }, TimeSpan.Zero, cancellation);
        Learn(stored);
    }

    private async Task AddAsync(XElement element)
    {
        var key = new SealedKey(element.ToString(SaveOptions.DisableFormatting), protection.Name, ExpiryOf(element));
        var known = _known ?? throw new SyncNotReadyException("The key ring has not been read from Sync yet");
        while (true)
        {
            var next = new SealedKeys { Keys = [.. known.Keys.Where(k => k.Expires + KeptExpired > clock.GetUtcNow()), key] };
            var stored = known.Revision is null
                ? await documents.CreateAsync(Document, next, TimeSpan.Zero, CancellationToken.None)
                : await documents.UpdateAsync(Document, next, known.Revision, ttl: null, SyncUrgency.Final, CancellationToken.None);
            var now = Learn(stored ?? await documents.FetchAsync(Document, CancellationToken.None));
            if (now.Keys.Contains(key) || now.Keys.Except(known.Keys).Any(k => k.By == protection.Name)) return;
            known = now;
        }
    }

    private Copy Learn(Stored<SealedKeys>? stored)
    {
        var copy = stored is null ? new Copy([], null) : new Copy(stored.Data.Keys, stored.Revision);
        _known = copy;
        var unreadable = copy.Keys.Count(k => k.By != protection.Name);
        if (unreadable > Interlocked.Exchange(ref _unreadable, unreadable)) log.KeysUnreadable(unreadable);
        return copy;
    }

    /// <summary>Keys name the class that decrypts them, which earlier versions had in another namespace.</summary>
    private static string WithCurrentDecryptor(string xml) => xml.Replace("AgentPay.Web.Identity.KeyRingDecryptor", typeof(KeyRingDecryptor).FullName, StringComparison.Ordinal);

    private static DateTimeOffset ExpiryOf(XElement element) =>
        element.Element("expirationDate") is { } date ? DateTimeOffset.Parse(date.Value, CultureInfo.InvariantCulture) : DateTimeOffset.MaxValue;

    /// <param name="Revision">Null when there is no document.</param>
    private sealed record Copy(IReadOnlyList<SealedKey> Keys, string? Revision);
}
