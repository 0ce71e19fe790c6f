using System.Diagnostics.CodeAnalysis;
using AgentPay.Web.Sync;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>
/// Applies what happens to a payment, and queues what follows from it: the request to Twilio, which only the instance that wrote it
/// sends, and the records. Throws when Sync does not take a change (<see cref="ServiceUnavailableException"/>): then it may or may not
/// have happened, and what Sync holds decides.
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
        PaymentStore store, PaymentSender sender, PaymentRecords records, PaymentMetrics metrics, TimeProvider clock,
        ILogger<PaymentFlow> log)
    {
        (_store, _sender, _records, _metrics, _clock, _log) = (store, sender, records, metrics, clock, log);
        store.Written += Follow;
    }

    /// <summary>Ends when no request to Twilio is under way.</summary>
    public Task Idle => _sender.Idle;

    /// <summary>Stores the intent, shows it, and asks Twilio.</summary>
    public async Task<PaymentSession> BeginAsync(PaymentSession session, CancellationToken cancellation)
    {
        await _store.CreateAsync(session, cancellation);
        _metrics.Entered(session);
        Send(session);
        await WithTimeoutAsync(_sender.WhenTriedAsync(session));
        return await _store.LoadAsync(session.Id, cancellation) ?? session;
    }

    /// <summary>Write first: returns the payment before and after the event; null when there is no such payment.</summary>
    /// <param name="by">The agent who asks for it: a payment of another agent does not change. Null when no agent does.</param>
    public async Task<RecordChange<PaymentSession>?> HappenAsync(
        PaymentId payment, PaymentEvent happened, string? by, CancellationToken cancellation)
    {
        if (await ApplyAsync(payment, happened, by, cancellation) is not { } change) return null;
        await WhenFollowedAsync(change);
        return change with { After = await _store.LoadAsync(payment, CancellationToken.None) ?? change.After };
    }

    /// <summary>
    /// Answer first: shows Twilio's callback at once and stores it. <c>IsStored</c> is false when Sync did not take it: then it is
    /// kept, and stored later. <c>Change</c> is null when there is no such payment.
    /// </summary>
    public async Task<(bool IsStored, RecordChange<PaymentSession>? Change)> ReceiveAsync(PaymentId payment, CalledBack happened)
    {
        var (isGone, isDown) = _store.Known(payment) is null ? await TryLoadAsync(payment) : (false, false);
        if (isGone) return (true, null);
        var accepted = _store.Accept(payment, before => before is null ? null : Heard(before, happened));
        // Twilio waits 15 seconds. After a failed read, no time is left to wait for the write.
        if (isDown || !await accepted.Tried) return (false, null);
        if ((accepted.After ?? _store.Known(payment)) is not { } after) return (true, null);
        var change = new RecordChange<PaymentSession>(accepted.Before ?? after, after);
        if (!accepted.HasChanged) Repeat(after, happened.Callback);
        else if (after.IsHalfTyped) _records.Mirror(after);
        await WhenFollowedAsync(change);
        return (true, change);
    }

    /// <summary>Queues the request that is pending, unless it is queued already.</summary>
    /// <param name="isAgain">It may have been sent before, by this or another instance.</param>
    public void Send(PaymentSession session, bool isAgain = false) => _sender.Enqueue(session, isAgain, async answer =>
    {
        try
        {
            // Callers that wait for the answer also wait for its records.
            var change = await ApplyAsync(session.Id, answer, by: null, CancellationToken.None);
            if (change is { HasChanged: true }) await _records.WhenTriedAsync(session.Id);
        }
        catch (ServiceUnavailableException down)
        {
            // It stays pending, and so is sent again under the same key.
            _log.NotWritten(session.Id, "Twilio's answer", down.Message);
        }
    });

    /// <summary>Stores that nothing is pending any more, when Sync has said otherwise for some time.</summary>
    public Task StoreAnswerAsync(PaymentId payment, TimeSpan after, CancellationToken cancellation) =>
        _store.HasUnstoredAnswer(payment, after) ? _store.StoreShownAsync(payment, cancellation) : Task.CompletedTask;

    /// <summary>Reads what other instances have written.</summary>
    public Task<PaymentSession?> RefreshAsync(PaymentId payment, CancellationToken cancellation) =>
        _store.ReadInTurnAsync(payment, cancellation);

    private Task<RecordChange<PaymentSession>?> ApplyAsync(
        PaymentId payment, PaymentEvent happened, string? by, CancellationToken cancellation) =>
        _store.ChangeAsync(
            payment, before => MayChange(before, by) ? Applied(before, happened) : before, confirms: by is not null, cancellation);

    private static bool MayChange([NotNullWhen(true)] PaymentSession? session, string? by) =>
        session is not null && (by is null || session.Agent == by);

    private static PaymentSession Heard(PaymentSession before, CalledBack happened) =>
        before.Apply(happened) is var after && ReferenceEquals(after, before) ? before : after with { HeardAt = happened.At };

    private static PaymentSession Applied(PaymentSession before, PaymentEvent happened) =>
        before.Apply(happened) is var after && ReferenceEquals(after, before) ? before : after with { HeardAt = null };

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

    /// <summary>Queues what the change in Sync requires.</summary>
    private void Follow(PaymentSession before, PaymentSession after)
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

    /// <summary>Twilio reports something again, perhaps because an instance died between the payment's document and its records.</summary>
    private void Repeat(PaymentSession session, PayCallback callback)
    {
        if (session.IsOutlivedBy(callback)) _sender.Close(session, callback.Payment);
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
