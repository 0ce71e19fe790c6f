using System.Diagnostics.CodeAnalysis;
using AgentPay.Web.Sync;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>
/// Applies events to payments and stores the result. Queues the request to Twilio and the records that a change requires. Only the
/// instance that wrote a change sends its request. Throws <see cref="ServiceUnavailableException"/> when Sync does not confirm a change.
/// The change may still have been stored: read the payment again.
/// </summary>
public sealed class PaymentFlow
{
    private readonly PaymentStore _store;
    private readonly PaymentSender _sender;
    private readonly PaymentRecords _records;
    private readonly PaymentMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<PaymentFlow> _log;

    public PaymentFlow(
        PaymentStore store,
        PaymentSender sender,
        PaymentRecords records,
        PaymentMetrics metrics,
        TimeProvider clock,
        ILogger<PaymentFlow> log)
    {
        (_store, _sender, _records, _metrics, _clock, _log) = (store, sender, records, metrics, clock, log);
        store.Written += OnWritten;
    }

    /// <summary>Completes when no request to Twilio is running.</summary>
    public Task Idle => _sender.Idle;

    /// <summary>Stores a new payment, shows it, and asks Twilio to open a session.</summary>
    public async Task<PaymentSession> BeginAsync(PaymentSession session, CancellationToken cancellation)
    {
        await _store.CreateAsync(session, cancellation);
        _metrics.Entered(session);
        Send(session);
        await WithTimeoutAsync(_sender.WhenTriedAsync(session));
        return await _store.LoadAsync(session.Id, cancellation) ?? session;
    }

    /// <summary>Applies an event and stores the change before it is shown. Returns null when the payment does not exist.</summary>
    /// <param name="by">
    /// Principal name of the agent who sent the command. Another agent's payment does not change. Null when no agent did.
    /// </param>
    public async Task<RecordChange<PaymentSession>?> ApplyAsync(
        PaymentId payment, PaymentEvent happened, string? by, CancellationToken cancellation)
    {
        if (await ChangeAsync(payment, happened, by, cancellation) is not { } change) return null;
        await WhenFollowedAsync(change);
        return change with { After = await _store.LoadAsync(payment, CancellationToken.None) ?? change.After };
    }

    /// <summary>
    /// Applies Twilio's callback and shows the change before it is stored. <c>IsStored</c> is false when the write failed; the outbox
    /// retries it. <c>Change</c> is null when the payment does not exist.
    /// </summary>
    public async Task<(bool IsStored, RecordChange<PaymentSession>? Change)> ReceiveAsync(PaymentId payment, CalledBack happened)
    {
        var (isGone, isDown) = _store.Known(payment) is null ? await TryLoadAsync(payment) : (false, false);
        if (isGone) return (true, null);
        var accepted = _store.Accept(payment, before => before is null ? null : AppliedCallback(before, happened));
        // Twilio waits 15 seconds for the answer. After a failed read, there is no time to wait for the write.
        if (isDown || !await accepted.Tried) return (false, null);
        if ((accepted.After ?? _store.Known(payment)) is not { } after) return (true, null);
        var change = new RecordChange<PaymentSession>(accepted.Before ?? after, after);
        if (!accepted.HasChanged) OnUnchanged(after, happened.Callback);
        else if (after.IsHalfTyped) _records.Mirror(after);
        await WhenFollowedAsync(change);
        return (true, change);
    }

    /// <summary>Queues the pending request, unless it is queued already.</summary>
    /// <param name="isAgain">The request may have been sent before, by this or another instance.</param>
    public void Send(PaymentSession session, bool isAgain = false) => _sender.Enqueue(session, isAgain, async answer =>
    {
        try
        {
            // Callers that wait for the answer also wait for its records, which a callback that came before the answer may have queued.
            var change = await ChangeAsync(session.Id, answer, by: null, CancellationToken.None);
            if (change is not null) await _records.WhenTriedAsync(session.Id);
        }
        catch (ServiceUnavailableException down)
        {
            // The request stays pending. It is sent again with the same idempotency key.
            _log.NotWritten(session.Id, "Twilio's answer", down.Message);
        }
    });

    /// <summary>Stores that a request was answered, if Sync has shown it as pending for <paramref name="after"/>.</summary>
    public Task StoreAnswerAsync(PaymentId payment, TimeSpan after, CancellationToken cancellation) =>
        _store.HasUnstoredAnswer(payment, after) ? _store.StoreShownAsync(payment, cancellation) : Task.CompletedTask;

    /// <summary>Reads the payment from Sync, with the changes of other instances.</summary>
    public Task<PaymentSession?> RefreshAsync(PaymentId payment, CancellationToken cancellation) =>
        _store.ReadInTurnAsync(payment, cancellation);

    private Task<RecordChange<PaymentSession>?> ChangeAsync(
        PaymentId payment, PaymentEvent happened, string? by, CancellationToken cancellation) =>
        _store.ChangeAsync(
            payment, before => MayChange(before, by) ? Applied(before, happened) : before, confirms: by is not null, cancellation);

    private static bool MayChange([NotNullWhen(true)] PaymentSession? session, string? by) =>
        session is not null && (by is null || session.Agent == by);

    private static PaymentSession AppliedCallback(PaymentSession before, CalledBack happened) =>
        before.Apply(happened) is var after && ReferenceEquals(after, before) ? before : after with { ReceivedAt = happened.At };

    private static PaymentSession Applied(PaymentSession before, PaymentEvent happened) =>
        before.Apply(happened) is var after && ReferenceEquals(after, before) ? before : after with { ReceivedAt = null };

    private async Task<(bool IsGone, bool IsDown)> TryLoadAsync(PaymentId payment)
    {
        try
        {
            return (await _store.LoadAsync(payment, CancellationToken.None) is null, false);
        }
        catch (ServiceUnavailableException)
        {
            return (false, true);
        }
    }

    /// <summary>Queues the request and the records that a stored change requires.</summary>
    private void OnWritten(PaymentSession before, PaymentSession after)
    {
        if (after.Phase != before.Phase)
        {
            _log.Entered(after.Id, after.Phase);
            _metrics.Entered(after);
            if (after.Phase == PaymentPhase.Failed && !PaymentResult.IsKnown(after.Outcome))
                _log.UnknownOutcome(after.Id, after.Outcome?.Result, after.Outcome?.Code, after.Outcome?.ConnectorError);
        }
        foreach (var row in after.Rows)
        {
            if (row.Error is { } error && !EntryProblem.IsKnown(error) && before.Row(row.Field)?.Error != error)
                _log.UnknownErrorType(after.Id, error);
        }
        if (after.Pending is not null && after.Pending != before.Pending) Send(after);
        _records.Enqueue(after, before);
    }

    /// <summary>
    /// Handles a callback that changes nothing. Queues the records again: an instance may have stopped after it stored the payment and
    /// before it wrote the records. Cancels a Twilio session whose payment is over.
    /// </summary>
    private void OnUnchanged(PaymentSession session, PayCallback callback)
    {
        if (session.IsOpenAtTwilio(callback)) _sender.Close(session, callback.Payment);
        if (!callback.IsPartial && _store.Stored(session.Id) is { } stored) _records.Enqueue(stored);
    }

    private Task WhenFollowedAsync(RecordChange<PaymentSession> change)
    {
        var isSending = change.HasChanged && change.After.Pending is not null && change.After.Pending != change.Before!.Pending;
        var sent = isSending ? _sender.WhenTriedAsync(change.After) : Task.CompletedTask;
        return WithTimeoutAsync(Task.WhenAll(sent, _records.WhenTriedAsync(change.After.Id)));
    }

    private async Task WithTimeoutAsync(Task work) =>
        await work.WaitAsync(Timeouts.FollowUp, _clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
