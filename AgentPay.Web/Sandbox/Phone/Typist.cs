using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Phone;

// Enters fields for customers at the speed of a person, at most one entry per leg. An entry continues when the page is closed or reloaded.
internal sealed class Typist(Legs legs, TimeProvider clock) : IResettable, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Leg, Entry> _entries = [];

    public Typing? Find(Leg leg)
    {
        lock (_lock) return _entries.GetValueOrDefault(leg)?.Typing;
    }

    // Replaces an entry that has not pressed any key yet. Returns the problem, or null if the entry has started.
    public string? Start(Leg leg, Typing typing)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(leg, out var before) && before.IsPressing)
                return "An entry is in progress. Wait for it to finish, or stop it";
            var (requested, keys) = Keys(leg.Payment, typing);
            if (!requested && !typing.All) return "No field is requested. The agent must ask for a field first";
            if (requested && keys is null) return WrongKind(typing);
            before?.Stop();
            var entry = _entries[leg] = new(typing);
            _ = RunAsync(leg, entry);
        }
        leg.Changed();
        return null;
    }

    public void Stop(Leg leg)
    {
        lock (_lock)
        {
            if (_entries.Remove(leg, out var entry)) entry.Stop();
        }
        leg.Changed();
    }

    public void Reset()
    {
        lock (_lock)
        {
            foreach (var entry in _entries.Values) entry.Stop();
            _entries.Clear();
        }
    }

    // Called twice: the container registers this singleton under two service types.
    public void Dispose() => Reset();

    private static string WrongKind(Typing typing) => typing.Card?.Brand == ""
        ? "The agent asked for a card. Choose one of the cards"
        : "The agent asked for a bank account. Choose one of the bank accounts";

    private static bool IsRequested(LegPayment? payment) => payment is { Field: not null } or { Phase: "confirming" };

    private (bool IsRequested, string? Keys) Keys(LegPayment? payment, Typing typing)
    {
        if (payment is null || !IsRequested(payment)) return (false, null);
        return (true, typing.Card is { } card ? FieldKeys.Valid(payment, card, clock.GetUtcNow()) : FieldKeys.Invalid(payment));
    }

    private async Task RunAsync(Leg leg, Entry entry)
    {
        // The caller holds the lock, so continue asynchronously.
        await Task.Yield();
        try
        {
            await TypeAsync(leg, entry);
        }
        catch (OperationCanceledException) when (entry.Stopped.IsCancellationRequested)
        {
            // The entry was stopped.
        }
        finally
        {
            lock (_lock)
            {
                if (_entries.GetValueOrDefault(leg) == entry) _entries.Remove(leg);
                entry.Dispose();
            }
            leg.Changed();
        }
    }

    private async Task TypeAsync(Leg leg, Entry entry)
    {
        LegPayment? last = null;
        while (leg.IsInProgress && !(last is not null && leg.Payment is { Phase: "ended" } ended && ended.Sid == last.Sid))
        {
            var changed = legs.Changed;
            var payment = leg.Payment;
            if (IsRequested(payment) && (payment!.Sid, payment.Ask) != (last?.Sid, last?.Ask))
            {
                last = payment;
                if (Keys(payment, entry.Typing).Keys is not { } keys) return;
                await PressAsync(leg, keys, payment, entry);
                if (!entry.Typing.All) return;
            }
            else
            {
                await changed.WaitAsync(entry.Stopped);
            }
        }
    }

    // Stops early when the agent requests the field, or another one, again.
    private async Task PressAsync(Leg leg, string keys, LegPayment requested, Entry entry)
    {
        entry.IsPressing = true;
        for (var i = 0; i < keys.Length; i++)
        {
            if (i > 0 && entry.Typing.Gap > TimeSpan.Zero) await Task.Delay(entry.Typing.Gap, clock, entry.Stopped);
            entry.Stopped.ThrowIfCancellationRequested();
            if (!leg.IsInProgress || !IsRequested(leg.Payment)) break;
            if (leg.Payment!.Sid != requested.Sid || leg.Payment.Ask != requested.Ask) break;
            await leg.PressAsync(keys[i]);
        }
        entry.IsPressing = false;
    }

    private sealed class Entry(Typing typing) : IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public Typing Typing { get; } = typing;

        public CancellationToken Stopped => _stopping.Token;

        // True while some, but not all, keys of a field have been pressed.
        public volatile bool IsPressing;

        public void Stop() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
