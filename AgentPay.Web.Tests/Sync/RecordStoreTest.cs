using System.Collections.Concurrent;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentPay.Web.Tests.Sync;

/// <summary>Several stores over one table in memory, as several instances of AgentPay have it.</summary>
public abstract class RecordStoreTest : IDisposable
{
    private readonly ManualClock _clock = new();

    protected RecordStoreTest()
    {
        Outbox = new(_clock, NullLogger<Outbox>.Instance);
        (Here, There) = (new(Table, Outbox, _clock), new(Table, Outbox, _clock));
    }

    /// <summary>What Sync holds.</summary>
    private protected ConcurrentDictionary<string, Stored<Note?>> Table { get; } = new();

    private protected Outbox Outbox { get; }

    private protected NoteStore Here { get; }

    private protected NoteStore There { get; }

    public void Dispose()
    {
        Outbox.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static Func<Note?, Note?> Append(string text) => note => note is null ? null : note with { Text = note.Text + text };

    private protected static Func<Note?, Note?> Once(string text) => note =>
        note!.Text.Contains(text, StringComparison.Ordinal) ? note : Append(text)(note);
}
