using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// One Pay session on a leg. Requests, keys, timers, the hang-up and the gateway's answer come from different threads: each takes the one lock,
/// changes the state and queues its callback before it lets go, so that callbacks leave in the order of what they tell.
/// </summary>
/// <remarks>
/// Where Twilio's behaviour is not documented: * ends the session at any time before submission; keys that nothing waits for are ignored;
/// the timeout runs from the first digit; too few digits are <c>input-timeout</c> after a pause and the field's own error after #;
/// a new capture, also of the same field, ends the one in force and discards its digits, unless it has the idempotency key that opened that one;
/// the entry is open before the request is answered, so every key pressed after the answer counts until another capture follows;
/// the security code before the card number, and a second entry before the first, are accepted (202) and fail by callback, as does a capture while the payment is confirmed or submitted; cancelling is possible until then, and a hang-up after that does not lose
/// the outcome.
/// </remarks>
public sealed class PaySession : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Leg _leg;
    private readonly CreatePayment _terms;
    private readonly PayServices _services;
    private readonly CapturedFields _fields;
    private readonly PayReports _reports;
    private readonly PauseTimer _pause;
    private readonly CancellationTokenSource _closing = new();
    private Phase _phase = Phase.Collecting;
    private FieldCapture? _capture;
    private string? _captureKey;
    private CallerConfirmation? _confirmation;
    private IDisposable? _listening;
    private int _asks;
    private string? _problem;
    private string? _result;

    public PaySession(Leg leg, CreatePayment terms, PayServices services)
    {
        _leg = leg;
        _terms = terms;
        _services = services;
        _fields = new(terms, services.Clock);
        _reports = new(leg, Sid, terms, _fields, services);
        _pause = new(services.Clock, _lock);
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

    public DateTimeOffset Created => _reports.Created;

    /// <summary>When the session ended, UTC; null while it lives.</summary>
    public DateTimeOffset? Ended
    {
        get { lock (_lock) return _phase is Phase.Ended ? _reports.Updated : null; }
    }

    /// <summary>Reports the start and begins to listen to the leg.</summary>
    public void Start()
    {
        lock (_lock)
        {
            _reports.Started();
            Show();
            _listening = _leg.Listen(PressAsync, HangUpAsync, FlushAsync);
            // A leg that ended before it was listened to does not say so again.
            if (_leg.HasEnded) End(PayResult.HungUp);
        }
    }

    /// <summary>Throws a <see cref="Refusal"/> when the session is not in a state for it.</summary>
    public void Update(UpdatePayment update)
    {
        lock (_lock)
        {
            Admit(update);
            if (update.Capture is { } step) Capture(step, update);
            else if (update.IsComplete) Complete(update.StatusCallback);
            else Cancel(update.StatusCallback);
            Show();
        }
    }

    /// <summary>Ends when the callbacks queued so far have been dealt with.</summary>
    public Task FlushAsync() => _services.Callbacks.FlushAsync(Sid);

    /// <summary>Ends the session without a word.</summary>
    public void Dispose()
    {
        lock (_lock) Leave();
        _closing.Dispose();
    }

    private void Admit(UpdatePayment update)
    {
        if (_phase is Phase.Ended) throw Refusals.SessionEnded();
        var isTooLate = _phase is Phase.Submitting || (_phase is Phase.Confirming && update.IsComplete);
        if (update.Capture is null && isTooLate) throw Refusals.Submitting();
        if (!_leg.IsInProgress) throw Refusals.CallNotInProgress();
        if (update.Capture is { } step && !_terms.Steps.Contains(step)) throw Refusals.InvalidValue("Capture", "the payment does not ask for this field");
        if (update.IsComplete && _fields.Required.Any()) throw Refusals.FieldsMissing(_fields.Required);
    }

    private void Capture(CaptureStep step, UpdatePayment update)
    {
        var url = update.StatusCallback;
        if (_phase is not Phase.Collecting)
        {
            _reports.Failed(step, ErrorTypes.SessionInProgress, url);
            return;
        }
        _reports.Url = url;
        if (_capture?.Step == step && _captureKey == update.Key) return;
        _pause.Stop();
        _capture = null;
        _problem = OutOfSequence(step);
        if (_problem is { } error)
        {
            _reports.Failed(step, error);
            return;
        }
        _asks++;
        _captureKey = update.Key;
        _fields.Ask(step);
        _capture = new(step, _fields.NewEntry(step.Field), step.IsMatcher ? _fields[step.Field] : null);
        _reports.Captured(step);
    }

    private string? OutOfSequence(CaptureStep step) => step switch
    {
        { Field: PayField.SecurityCode } when _fields[PayField.CardNumber] is null => ErrorTypes.SecurityCodeBeforeCardNumber,
        { IsMatcher: true } when _fields[step.Field] is null => ErrorTypes.InputMatchingFailed,
        _ => null,
    };

    private void Cancel(string url)
    {
        _reports.Url = url;
        End(PayResult.Cancelled);
    }

    private void Complete(string url)
    {
        _reports.Url = url;
        // The month may have turned since the date was keyed in.
        if (_fields[PayField.ExpirationDate] is { } date && !ExpirationDate.IsGood(date, _services.Clock.GetUtcNow())) End(PayResult.ValidationError);
        else if (_terms.Confirmation) Confirm();
        else Submit();
    }

    private Task PressAsync(char key)
    {
        lock (_lock)
        {
            if (_phase is Phase.Submitting or Phase.Ended) return Task.CompletedTask;
            if (key == '*') End(PayResult.InterruptedWithStar);
            else if (_confirmation is not null) Decide(_confirmation, key);
            else if (_capture is not null) Enter(_capture, key);
            Show();
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

    private void Enter(FieldCapture capture, char key)
    {
        if (key != '#') capture.Entry.Add(key);
        if (key == '#' || capture.Entry.IsFull)
        {
            Settle(capture, afterPause: false);
            return;
        }
        _reports.Typing(capture.Step, capture.Entry);
        _pause.Start(_terms.Timeout, () => Settle(capture, afterPause: true));
    }

    private void Settle(FieldCapture capture, bool afterPause)
    {
        _pause.Stop();
        _capture = null;
        _problem = capture.Judge(afterPause);
        if (_problem is { } error)
        {
            _reports.Failed(capture.Step, error);
        }
        else
        {
            _fields.Keep(capture.Step, capture.Entry);
            _reports.Captured(capture.Step);
        }
        Show();
    }

    private void Confirm()
    {
        _phase = Phase.Confirming;
        _asks++;
        var number = _fields[PayField.CardNumber] ?? _fields[PayField.BankAccountNumber]!;
        _confirmation = new(_leg, number, _terms.Timeout, _pause, () => End(PayResult.TooManyFailedAttempts));
        _confirmation.Prompt();
    }

    private void Decide(CallerConfirmation confirmation, char key)
    {
        if (key == '1') Submit();
        else if (key == '2') End(PayResult.Cancelled);
        else confirmation.Prompt();
    }

    private void Submit()
    {
        _pause.Stop();
        _phase = Phase.Submitting;
        if (Submission.EndEarly(_fields) is { } result)
        {
            End(result);
            return;
        }
        var request = Submission.Request(_terms, _fields);
        var closing = _closing.Token;
        _ = Task.Run(() => SubmitAsync(request, closing), CancellationToken.None);
    }

    private async Task SubmitAsync(ConnectorRequest request, CancellationToken closing)
    {
        var result = await Submission.SendAsync(_terms.Connector, request, _services, closing);
        lock (_lock)
        {
            if (_phase is Phase.Submitting) End(result);
        }
    }

    private void End(PayResult result)
    {
        _reports.Ended(result);
        Leave();
        _result = result.Name;
        Show();
    }

    /// <summary>Lets whoever holds the telephone see what is asked.</summary>
    private void Show() => _leg.SetPayment(new(
        Sid, _phase.ToString().ToLowerInvariant(), _capture?.Step.Name, _asks, _capture?.Entry.Digits.Length ?? 0, _capture?.Entry.Shortest ?? 0, _problem, _result));

    private void Leave()
    {
        _phase = Phase.Ended;
        _pause.Stop();
        _capture = null;
        _confirmation = null;
        _fields.Wipe();
        _listening?.Dispose();
        _closing.Cancel();
    }
}
