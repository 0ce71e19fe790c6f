using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Phone;

/// <summary>Types for customers, at their speed: at most one at a time on each leg. It goes on when the page is closed or read anew.</summary>
internal sealed class Typist(Legs legs, TimeProvider clock) : IResettable, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Leg, Job> _jobs = [];

    public Typing? On(Leg leg)
    {
        lock (_lock) return _jobs.GetValueOrDefault(leg)?.Typing;
    }

    /// <summary>Takes the place of typing that still waits to be asked.</summary>
    /// <returns>Why it cannot be, in words; null when it has begun.</returns>
    public string? Start(Leg leg, Typing typing)
    {
        lock (_lock)
        {
            if (_jobs.TryGetValue(leg, out var before) && before.IsPressing) return "Something is being typed: let it end, or stop it";
            var (asked, keys) = Keys(leg.Payment, typing);
            if (!asked && !typing.All) return "Twilio listens for nothing at the moment: the agent has to ask for a field first";
            if (asked && keys is null) return typing.Card?.Brand == "" ? "A card is asked for: choose one of the cards" : "A bank account is asked for: choose one of those";
            before?.Stop();
            var job = _jobs[leg] = new(typing);
            _ = RunAsync(leg, job);
        }
        leg.Changed();
        return null;
    }

    public void Stop(Leg leg)
    {
        lock (_lock)
        {
            if (_jobs.Remove(leg, out var job)) job.Stop();
        }
        leg.Changed();
    }

    public void Reset()
    {
        lock (_lock)
        {
            foreach (var job in _jobs.Values) job.Stop();
            _jobs.Clear();
        }
    }

    /// <summary>May be called more than once: the container owns this singleton under two names.</summary>
    public void Dispose() => Reset();

    private static bool IsAsked(LegPayment? payment) => payment is { Field: not null } or { Phase: "confirming" };

    private (bool IsAsked, string? Keys) Keys(LegPayment? payment, Typing typing)
    {
        if (payment is null || !IsAsked(payment)) return (false, null);
        return (true, typing.Card is { } card ? FieldKeys.Right(payment, card, clock.GetUtcNow()) : FieldKeys.Wrong(payment));
    }

    private async Task RunAsync(Leg leg, Job job)
    {
        // The caller holds the lock.
        await Task.Yield();
        try
        {
            await TypeAsync(leg, job);
        }
        catch (OperationCanceledException) when (job.Stopped.IsCancellationRequested)
        {
            // Told to stop.
        }
        finally
        {
            lock (_lock)
            {
                if (_jobs.GetValueOrDefault(leg) == job) _jobs.Remove(leg);
                job.Dispose();
            }
            leg.Changed();
        }
    }

    private async Task TypeAsync(Leg leg, Job job)
    {
        LegPayment? last = null;
        while (leg.IsInProgress && !(last is not null && leg.Payment is { Phase: "ended" } ended && ended.Sid == last.Sid))
        {
            var changed = legs.Changed;
            var payment = leg.Payment;
            if (IsAsked(payment) && (payment!.Sid, payment.Ask) != (last?.Sid, last?.Ask))
            {
                last = payment;
                if (Keys(payment, job.Typing).Keys is not { } keys) return;
                await PressAsync(leg, keys, payment, job);
                if (!job.Typing.All) return;
            }
            else
            {
                await changed.WaitAsync(job.Stopped);
            }
        }
    }

    /// <summary>Ends early when something else is asked for: the agent has started the field, or another one, again.</summary>
    private async Task PressAsync(Leg leg, string keys, LegPayment asked, Job job)
    {
        job.IsPressing = true;
        for (var i = 0; i < keys.Length; i++)
        {
            if (i > 0 && job.Typing.Gap > TimeSpan.Zero) await Task.Delay(job.Typing.Gap, clock, job.Stopped);
            job.Stopped.ThrowIfCancellationRequested();
            if (!leg.IsInProgress || !IsAsked(leg.Payment) || leg.Payment!.Sid != asked.Sid || leg.Payment.Ask != asked.Ask) break;
            await leg.PressAsync(keys[i]);
        }
        job.IsPressing = false;
    }

    private sealed class Job(Typing typing) : IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public Typing Typing { get; } = typing;

        public CancellationToken Stopped => _stopping.Token;

        /// <summary>Some keys of a field have been pressed, and not yet all.</summary>
        public volatile bool IsPressing;

        public void Stop() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
