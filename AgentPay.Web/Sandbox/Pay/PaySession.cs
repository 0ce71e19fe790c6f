using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Pay;

// A Pay session on a leg. Requests, keys, timers, the hang-up and the gateway's response arrive on different threads.
// Each takes the lock and holds it while it changes the state and queues its callback, so callbacks are sent in the order of the changes.
//
// Behaviour that Twilio does not document:
// * ends the session at any time before submission. Keys that are not captured are ignored.
// The timeout runs from the first digit. Too few digits give input-timeout at the timeout, and the error of the field at #.
// A new capture replaces the current one and discards its digits, also for the same field. A repeated idempotency key changes nothing.
// The entry starts before the request is answered, so every key after the answer counts until the next capture.
// These captures are accepted (202) and fail by callback: the security code before the card number, a second entry before the first,
// and any capture while the payment is confirmed or submitted.
// Cancelling is possible until submission. A hang-up after that does not lose the result.
public sealed class PaySession : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Leg _leg;
    private readonly CreatePaymentRequest _terms;
    private readonly PayServices _services;
    private readonly CapturedFields _fields;
    private readonly PayCallbacks _callbacks;
    private readonly InputTimer _timer;
    private readonly FieldInput _input;
    private readonly CancellationTokenSource _cancellation = new();
    private Phase _phase = Phase.Collecting;
    private CallerConfirmation? _confirmation;
    private IDisposable? _subscription;
    private int _requestNumber;
    private string? _result;

    public PaySession(Leg leg, CreatePaymentRequest terms, PayServices services)
    {
        _leg = leg;
        _terms = terms;
        _services = services;
        _fields = new(terms, services.Clock);
        _callbacks = new(leg, Sid, terms, _fields, services);
        _timer = new(services.Clock, _lock);
        _input = new(terms, _fields, _callbacks, _timer, PublishState);
    }

    private enum Phase
    {
        Collecting,
        Confirming,
        Submitting,
        Ended,
    }

    public string Sid { get; } = Sandbox.Sid.New("PK");

    public string CallSid => _leg.Sid;

    public DateTimeOffset Created => _callbacks.Created;

    // The end of the session in UTC, or null while it is in progress.
    public DateTimeOffset? Ended
    {
        get { lock (_lock) return _phase is Phase.Ended ? _callbacks.Updated : null; }
    }

    // Queues the start callback and subscribes to the leg.
    public void Start()
    {
        lock (_lock)
        {
            _callbacks.Started();
            PublishState();
            _subscription = _leg.Listen(PressAsync, HangUpAsync, FlushAsync);
            // A leg that ended before the subscription does not report its end again.
            if (_leg.HasEnded) End(PayResult.HungUp);
        }
    }

    // Throws an ApiError if the state of the session does not allow the update.
    public void Update(UpdatePaymentRequest update)
    {
        lock (_lock)
        {
            CheckUpdate(update);
            if (update.Capture is { } step) Capture(step, update);
            else if (update.IsComplete) Complete(update.StatusCallback);
            else Cancel(update.StatusCallback);
            PublishState();
        }
    }

    // Completes when all callbacks queued so far have been sent.
    public Task FlushAsync() => _services.Callbacks.FlushAsync(Sid);

    // Ends the session without a callback.
    public void Dispose()
    {
        lock (_lock) Close();
        _cancellation.Dispose();
    }

    private void CheckUpdate(UpdatePaymentRequest update)
    {
        if (_phase is Phase.Ended) throw PayErrors.SessionEnded();
        var isTooLate = _phase is Phase.Submitting || (_phase is Phase.Confirming && update.IsComplete);
        if (update.Capture is null && isTooLate) throw PayErrors.Submitting();
        if (!_leg.IsInProgress) throw PayErrors.CallNotInProgress();
        if (update.Capture is { } step && !_terms.Steps.Contains(step))
            throw PayErrors.InvalidValue("Capture", "the payment does not include this field");
        if (update.IsComplete && _fields.Required.Any()) throw PayErrors.FieldsMissing(_fields.Required);
    }

    private void Capture(CaptureStep step, UpdatePaymentRequest update)
    {
        var url = update.StatusCallback;
        if (_phase is not Phase.Collecting)
        {
            _callbacks.Failed(step, ErrorTypes.SessionInProgress, url);
            return;
        }
        _callbacks.Url = url;
        if (_input.Start(step, update)) _requestNumber++;
    }

    private void Cancel(string url)
    {
        _callbacks.Url = url;
        End(PayResult.Cancelled);
    }

    private void Complete(string url)
    {
        _callbacks.Url = url;
        // The card may have expired since the date was entered.
        var hasExpired = _fields[PayField.ExpirationDate] is { } date && !ExpirationDate.IsValid(date, _services.Clock.GetUtcNow());
        if (hasExpired) End(PayResult.ValidationError);
        else if (_terms.Confirmation) Confirm();
        else Submit();
    }

    private Task PressAsync(char key)
    {
        lock (_lock)
        {
            if (_phase is Phase.Submitting or Phase.Ended) return Task.CompletedTask;
            if (key == '*') End(PayResult.InterruptedWithStar);
            else if (_confirmation is not null) HandleConfirmationKey(_confirmation, key);
            else _input.AddKey(key);
            PublishState();
        }
        return Task.CompletedTask;
    }

    private Task HangUpAsync()
    {
        lock (_lock)
        {
            if (_phase is Phase.Collecting or Phase.Confirming) End(PayResult.HungUp);
        }
        return Task.CompletedTask;
    }

    private void Confirm()
    {
        _phase = Phase.Confirming;
        _requestNumber++;
        var number = _fields[PayField.CardNumber] ?? _fields[PayField.BankAccountNumber]!;
        _confirmation = new(_leg, number, _terms.Timeout, _timer, () => End(PayResult.TooManyFailedAttempts));
        _confirmation.Prompt();
    }

    private void HandleConfirmationKey(CallerConfirmation confirmation, char key)
    {
        if (key == '1') Submit();
        else if (key == '2') End(PayResult.Cancelled);
        else confirmation.Prompt();
    }

    private void Submit()
    {
        _timer.Stop();
        _phase = Phase.Submitting;
        if (Submission.ResultWithoutGateway(_fields) is { } result)
        {
            End(result);
            return;
        }
        var request = Submission.Request(_terms, _fields);
        var cancellation = _cancellation.Token;
        _ = Task.Run(() => SubmitAsync(request, cancellation), CancellationToken.None);
    }

    private async Task SubmitAsync(ConnectorRequest request, CancellationToken cancellation)
    {
        var result = await Submission.SendAsync(_terms.Connector, request, _services, cancellation);
        lock (_lock)
        {
            if (_phase is Phase.Submitting) End(result);
        }
    }

    private void End(PayResult result)
    {
        _callbacks.Ended(result);
        Close();
        _result = result.Name;
        PublishState();
    }

    // Publishes the state on the leg, where the phone page reads it.
    private void PublishState() => _leg.SetPayment(new(
        Sid,
        _phase.ToString().ToLowerInvariant(),
        _input.Capture?.Step.Name,
        _requestNumber,
        _input.Capture?.Entry.Digits.Length ?? 0,
        _input.Capture?.Entry.MinLength ?? 0,
        _input.Error,
        _result));

    private void Close()
    {
        _phase = Phase.Ended;
        _input.Stop();
        _confirmation = null;
        _fields.Clear();
        _subscription?.Dispose();
        _cancellation.Cancel();
    }
}
