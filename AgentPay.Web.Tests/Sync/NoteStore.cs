using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Sync;

public enum NoteFault
{
    None,

    /// <summary>Nothing is done.</summary>
    Refused,

    /// <summary>Writes are done, and not answered.</summary>
    AnswerLost,

    /// <summary>Writes are refused for good.</summary>
    TooLarge,
}

/// <summary>A note. Text in lower case is only shown, not stored.</summary>
public sealed record Note(string Text, int Version = 0);

/// <summary>Notes in a table in memory, which other stores share.</summary>
public sealed class NoteStore(ConcurrentDictionary<string, Stored<Note?>> table, Outbox outbox, TimeProvider clock)
    : RecordStore<string, Note>(outbox, clock)
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    public NoteFault Fault { get; set; }

    public bool IsWriteRefused { get; set; }

    /// <summary>Called once, before the next write.</summary>
    public Action? BeforeWrite { get; set; }

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    /// <summary>The texts that were published.</summary>
    public ConcurrentQueue<string?> Shown { get; } = new();

    /// <summary>What was told to have been stored.</summary>
    public List<(string? Before, string After)> Told { get; } = [];

    protected override TimeSpan Lifetime => TimeSpan.FromHours(12);

    protected override bool ReadsBeforeFirstWrite => true;

    protected override OutboxKey OutboxKeyOf(string key) => new("note", $"{key} {_name}");

    protected override string LogNameOf(string key, Note? view) => "note " + key;

    protected override Task<Stored<Note?>?> FetchAsync(string key, CancellationToken cancellation)
    {
        Reads++;
        return Fault == NoteFault.Refused ? throw Down() : Task.FromResult(table.GetValueOrDefault(key));
    }

    protected override async Task<Stored<Note?>?> WriteAsync(string key, Note next, Stored<Note?>? over, CancellationToken cancellation)
    {
        await Task.Yield();
        Writes++;
        (var before, BeforeWrite) = (BeforeWrite, null);
        before?.Invoke();
        if (Fault == NoteFault.TooLarge) throw new TwilioException("Too large") { Status = HttpStatusCode.RequestEntityTooLarge };
        if (Fault == NoteFault.Refused || IsWriteRefused) throw Down();
        var revision = over is null ? 0 : int.Parse(over.Revision, CultureInfo.InvariantCulture) + 1;
        var written = new Stored<Note?>(key, next, revision.ToString(CultureInfo.InvariantCulture), null);
        var isDone = over is null
            ? table.TryAdd(key, written)
            : table.TryGetValue(key, out var there) && there.Revision == over.Revision && table.TryUpdate(key, written, there);
        return Fault == NoteFault.AnswerLost ? throw Down() : isDone ? written : null;
    }

    public int Most { get; set; } = 1000;

    protected override int Capacity => Most;

    protected override bool MayDrop(string key, Note? view) => view?.Text.StartsWith("Done", StringComparison.Ordinal) == true;

    protected override void OnChanged(string key, Note? before, Note? after) => Shown.Enqueue(after?.Text);

    protected override void OnStored(Note? before, Note after) => Told.Add((before?.Text, after.Text));

    protected override bool MustBeStored(Note before, Note after) => after.Text.Length > 0 && char.IsUpper(after.Text[^1]);

    protected override Note Number(Note after, Note? before, Note? stored, bool isDirty) =>
        after with { Version = (stored?.Version ?? 0) + (isDirty ? 1 : 0) };

    protected override bool IsExpired(string key, Note? view, DateTimeOffset? expires, TimeSpan age) =>
        view?.Text.StartsWith("over", StringComparison.Ordinal) == true;

    private static TwilioException Down() => new("Sync cannot be reached");
}
