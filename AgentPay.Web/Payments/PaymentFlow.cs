using AgentPay.Web.Sync;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>
/// What happens to a payment, made to last: applied in turn, written under <c>If-Match</c>, and only then sent to Twilio, by the writer
/// alone. Throws when Sync does not take it (<see cref="SyncProblem.IsUnavailable"/>): then it may or may not have happened, and what Sync
/// holds decides.
/// </summary>
public sealed class PaymentFlow(
    PaymentStore store, PaymentTurns turns, PaymentRequests requests, PaymentRecords records, PartialMirror mirror, LiveFeed<PaymentId, PaymentSession> feed, PaymentMetrics metrics, TimeProvider clock, ILogger<PaymentFlow> log)
{
    /// <summary>How long an event waits for Twilio's answer and for the records; both go on after that.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Between two writes of half-typed digits.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly InFlightRequests _sending = new();

    /// <summary>Requests to Twilio that are under way; a server that stops waits for them.</summary>
    public Task Idle => _sending.Idle;

    /// <summary>Writes the intent down, shows it, and asks Twilio.</summary>
    public async Task<PaymentSession> BeginAsync(PaymentSession session, CancellationToken cancellation)
    {
        await store.CreateAsync(session, cancellation);
        metrics.Entered(session);
        feed.Publish(session.Id, session);
        await WithPatience(SendAsync(session));
        return await store.LoadAsync(session.Id, cancellation) ?? session;
    }

    /// <summary>The payment before and after the event; null when there is no such payment, or no more.</summary>
    /// <param name="by">Whose wish it is: nothing happens to a payment of another's. Null when it is nobody's.</param>
    public async Task<Happening?> HappenAsync(PaymentId payment, PaymentEvent happened, string? by, CancellationToken cancellation)
    {
        if (await ApplyAsync(payment, happened, by, cancellation) is not { } done) return null;
        await WithPatience(Task.WhenAll(done.Sending, done.Recording));
        return done with { After = await store.LoadAsync(payment, CancellationToken.None) ?? done.After };
    }

    /// <summary>Sends what is pending, unless this instance is sending it already; what Twilio makes of it happens to the payment in turn.</summary>
    /// <param name="isAgain">It may have been sent before, by whichever instance.</param>
    public Task SendAsync(PaymentSession session, bool isAgain = false) => _sending.Run(session.PendingKey!, async () =>
    {
        try
        {
            if (await requests.SendAsync(session, isAgain, CancellationToken.None) is not { } answer) return;
            // Whoever waits for the answer finds its records written as well.
            if (await ApplyAsync(session.Id, answer, by: null, CancellationToken.None) is { } done) await done.Recording;
        }
        catch (Exception down) when (SyncProblem.IsUnavailable(down))
        {
            // It stays pending, and so is sent again under the same key.
            log.NotWritten(session.Id, "Twilio's answer", down.Message);
        }
    });

    /// <summary>Writes down that nothing is pending any more, where that has been left out for some time.</summary>
    public async Task KeepAnswerAsync(PaymentId payment, TimeSpan after, CancellationToken cancellation)
    {
        if (!store.HasUnwrittenAnswer(payment, after)) return;
        using var turn = await turns.EnterAsync(payment, cancellation);
        if (!store.HasUnwrittenAnswer(payment, after) || store.Known(payment) is not { } known) return;
        var kept = known with { Version = known.Version + 1, Step = 0, HeardAt = null };
        if (await store.SaveAsync(kept, CancellationToken.None)) feed.Publish(payment, kept);
        else await ReloadAsync(payment, CancellationToken.None);
    }

    /// <summary>Takes over what another instance has written.</summary>
    public async Task<PaymentSession?> RefreshAsync(PaymentId payment, CancellationToken cancellation)
    {
        using var turn = await turns.EnterAsync(payment, cancellation);
        return await ReloadAsync(payment, cancellation);
    }

    private async Task<Happening?> ApplyAsync(PaymentId payment, PaymentEvent happened, string? by, CancellationToken cancellation)
    {
        using var turn = await turns.EnterAsync(payment, cancellation);
        // What has its turn is brought to its end: a circuit or a webhook that hangs up leaves nothing half done.
        var (before, isFresh) = (await LoadAsync(payment), false);
        var heardAt = happened is CalledBack ? happened.At : (DateTimeOffset?)null;
        while (before is not null)
        {
            var after = by is null || before.Agent == by ? before.Apply(happened) : before;
            if (ReferenceEquals(after, before))
            {
                if (by is null || isFresh) return Unchanged(before, happened);
            }
            else if (!after.IsMilestoneAfter(before) && !IsForOthers(after))
            {
                return new(before, KeepStep(after with { Step = before.Step + 1, HeardAt = heardAt }));
            }
            else if (await SaveAsync(after with { Version = before.Version + 1, Step = 0, HeardAt = heardAt }, happened) is { } saved)
            {
                return Follow(saved, before);
            }
            (before, isFresh) = (await ReloadAsync(payment, CancellationToken.None), true);
        }
        return null;
    }

    /// <summary>Null when another instance was first. Twilio's word is shown before it is written, everything else once it holds.</summary>
    private async Task<PaymentSession?> SaveAsync(PaymentSession after, PaymentEvent happened)
    {
        if (happened is CalledBack) feed.Publish(after.Id, after);
        try
        {
            if (!await store.SaveAsync(after, CancellationToken.None)) return null;
        }
        catch
        {
            // What was shown may not hold; the next that happens is shown whatever its number.
            feed.Forget(after.Id);
            throw;
        }
        feed.Publish(after.Id, after);
        return after;
    }

    private Happening Follow(PaymentSession after, PaymentSession before)
    {
        if (after.Phase != before.Phase)
        {
            log.Entered(after.Id, after.Phase);
            metrics.Entered(after);
            if (after.Phase == PaymentPhase.Failed && !PaymentResult.IsKnown(after.Outcome))
                log.UnknownOutcome(after.Id, after.Outcome?.Result, after.Outcome?.Code, after.Outcome?.ConnectorError);
        }
        foreach (var row in after.Rows)
        {
            if (row.Error is { } error && !EntryProblem.IsKnown(error) && before.Row(row.Field)?.Error != error) log.UnknownErrorType(after.Id, error);
        }
        return new(before, after)
        {
            Sending = after.Pending is not null && after.PendingKey != before.PendingKey ? SendAsync(after) : Task.CompletedTask,
            Recording = records.OweAsync(after, before),
        };
    }

    private Happening Unchanged(PaymentSession session, PaymentEvent happened)
    {
        // A callback may have brought the same before: whoever waits for the answer finds those records written as well.
        if (happened is not CalledBack { Callback: var callback }) return new(session, session) { Recording = records.WhenTriedAsync(session.Id) };
        if (session.IsOutlivedBy(callback)) _ = _sending.Run($"{session.Id}-close", () => requests.CloseAsync(session, callback.Payment));
        // Told again, perhaps because an instance died between the payment's document and its records.
        return new(session, session) { Recording = callback.IsPartial ? Task.CompletedTask : records.OweAsync(session) };
    }

    private Task<PaymentSession?> LoadAsync(PaymentId payment) =>
        store.IsInDoubt(payment) ? ReloadAsync(payment, CancellationToken.None) : store.LoadAsync(payment, CancellationToken.None);

    /// <summary>What Sync holds; what this instance alone knows of the same version, such as half-typed digits, is kept.</summary>
    private async Task<PaymentSession?> ReloadAsync(PaymentId payment, CancellationToken cancellation)
    {
        var (known, isInDoubt) = (store.Known(payment), store.IsInDoubt(payment));
        if (await store.ReloadAsync(payment, cancellation) is not { } session)
        {
            feed.Forget(payment);
            return null;
        }
        // A step ahead of what may have been shown here under the same number, before another instance was first.
        if (known is null || session.Version > known.Version) return Keep(session with { Step = 1 });
        // Known may only have been looked at, or adopted, and never shown. Not so while a write is in doubt: if Twilio's word was in it, that is
        // on the screens, and comes again.
        if (!isInDoubt) return Keep(known);
        store.Remember(known);
        return known;
    }

    /// <summary>
    /// Half-typed digits go straight to those who watch here, and cost no write. When nobody does, a circuit on another instance may be
    /// waiting for them; a client that drives its payment reads <c>payMap</c> instead.
    /// </summary>
    private bool IsForOthers(PaymentSession session) =>
        session.IsHalfTyped && session.Plan.Driver == PaymentDriver.Server && !feed.IsWatched(session.Id) && store.SinceWritten(session.Id) >= Pace;

    private PaymentSession KeepStep(PaymentSession session)
    {
        Keep(session);
        mirror.Follow(session);
        return session;
    }

    private PaymentSession Keep(PaymentSession session)
    {
        store.Remember(session);
        feed.Publish(session.Id, session);
        return session;
    }

    private async Task WithPatience(Task work) =>
        await work.WaitAsync(Patience, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

/// <summary>What an event did to a payment.</summary>
public sealed record Happening(PaymentSession Before, PaymentSession After)
{
    internal Task Sending { get; init; } = Task.CompletedTask;

    internal Task Recording { get; init; } = Task.CompletedTask;

    /// <summary>False when it did not fit, or had happened already.</summary>
    public bool HasChanged { get; } = !ReferenceEquals(Before, After);
}
