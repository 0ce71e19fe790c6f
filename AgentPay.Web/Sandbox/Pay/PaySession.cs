using AgentPay.Web.Sandbox.Voice;
using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// One Pay session on a leg. Requests, keys, timers, the hang-up and the gateway's answer come from different threads: each takes the one lock,
/// changes the state and queues its callback before it lets go, so that callbacks leave in the order of what they tell.
/// </summary>
/// <remarks>
/// Where Twilio's behaviour is not documented: * ends the session at any time before submission; keys that nothing waits for are ignored;
/// the timeout runs from the first digit; too few digits are <c>input-timeout</c> after a pause and the field's own error after #;
/// a new capture ends the one in force; the security code before the card number, and a second entry before the first, are accepted (202) and fail by
/// callback, as does a capture while the payment is confirmed or submitted; cancelling is possible until then, and a hang-up after that does not lose
/// the outcome. Confirmation gives the caller three prompts, each for twice the timeout, because hearing one takes a while; a wrong key uses one up.
/// </remarks>
public sealed class PaySession : IDisposable
{
    private const int MostPrompts = 3;

    private readonly Lock _lock = new();
    private readonly Leg _leg;
    private readonly CreatePayment _terms;
    private readonly PayServices _services;
    private readonly PayCallback _callback;
    private readonly CapturedFields _fields;
    private readonly CancellationTokenSource _closing = new();
    private Phase _phase = Phase.Collecting;
    private FieldCapture? _capture;
    private int _prompts;
    private ITimer? _timer;
    private IDisposable? _listening;
    private string _url;
    private DateTimeOffset _updated;

    public PaySession(Leg leg, CreatePayment terms, PayServices services)
    {
        _leg = leg;
        _terms = terms;
        _services = services;
        _url = terms.StatusCallback;
        _callback = new(leg.Sid, Sid, terms);
        _fields = new(terms, services.Clock);
        _updated = Created = Now();
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

    public DateTimeOffset Created { get; }

    /// <summary>When the session ended, UTC; null while it lives.</summary>
    public DateTimeOffset? Ended
    {
        get { lock (_lock) return _phase is Phase.Ended ? _updated : null; }
    }

    /// <summary>Reports the start and begins to listen to the leg.</summary>
    public void Start()
    {
        lock (_lock)
        {
            Send(_callback.Start(Created));
            _listening = _leg.Listen(PressAsync, HangUpAsync);
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
            if (update.Capture is { } step) Capture(step, update.StatusCallback);
            else if (update.IsComplete) Complete(update.StatusCallback);
            else Cancel(update.StatusCallback);
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
        if (!_leg.IsInProgress) throw Refusals.CallNotInProgress();
        if (update.Capture is { } step)
        {
            if (!_terms.Steps.Contains(step)) throw Refusals.InvalidValue("Capture", "the payment does not ask for this field");
            return;
        }
        if (_phase is Phase.Submitting || (_phase is Phase.Confirming && update.IsComplete)) throw Refusals.Submitting();
        if (update.IsComplete && _fields.Required.Any()) throw Refusals.FieldsMissing(_fields.Required);
    }

    private void Capture(CaptureStep step, string url)
    {
        if (_phase is not Phase.Collecting)
        {
            Send(_callback.Invalid(step, ErrorTypes.SessionInProgress, _fields, Stamp()), url);
            return;
        }
        _url = url;
        StopWaiting();
        _capture = null;
        if (OutOfSequence(step) is { } error)
        {
            Send(_callback.Invalid(step, error, _fields, Stamp()));
            return;
        }
        _fields.Ask(step);
        _capture = new(step, _fields.NewEntry(step.Field), step.IsMatcher ? _fields[step.Field] : null);
        Send(_callback.Capture(step, _fields, Stamp()));
    }

    private string? OutOfSequence(CaptureStep step) => step switch
    {
        { Field: PayField.SecurityCode } when _fields[PayField.CardNumber] is null => ErrorTypes.SecurityCodeBeforeCardNumber,
        { IsMatcher: true } when _fields[step.Field] is null => ErrorTypes.InputMatchingFailed,
        _ => null,
    };

    private void Cancel(string url)
    {
        _url = url;
        End(PayResult.Cancelled);
    }

    private void Complete(string url)
    {
        _url = url;
        // The month may have turned since the date was keyed in.
        if (_fields[PayField.ExpirationDate] is { } date && !ExpirationDate.IsGood(date, _services.Clock.GetUtcNow())) End(PayResult.ValidationError);
        else if (_terms.Confirmation) Prompt();
        else Submit();
    }

    private Task PressAsync(char key)
    {
        lock (_lock)
        {
            if (_phase is Phase.Submitting or Phase.Ended) return Task.CompletedTask;
            if (key == '*') End(PayResult.InterruptedWithStar);
            else if (_phase is Phase.Confirming) Confirm(key);
            else if (_capture is not null) Enter(_capture, key);
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
        if (char.IsAsciiDigit(key)) capture.Entry.Add(key);
        else if (key != '#') return;
        if (key == '#' || capture.Entry.IsFull)
        {
            Settle(capture, afterPause: false);
            return;
        }
        Send(_callback.Partial(capture.Step, capture.Entry, _fields, Stamp()));
        Wait(_terms.Timeout, () => Settle(capture, afterPause: true));
    }

    private void Settle(FieldCapture capture, bool afterPause)
    {
        StopWaiting();
        _capture = null;
        if (capture.Judge(afterPause) is { } error)
        {
            Send(_callback.Invalid(capture.Step, error, _fields, Stamp()));
            return;
        }
        _fields.Keep(capture.Step, capture.Entry);
        Send(_callback.Capture(capture.Step, _fields, Stamp()));
    }

    private void Prompt()
    {
        _phase = Phase.Confirming;
        if (++_prompts > MostPrompts)
        {
            End(PayResult.TooManyFailedAttempts);
            return;
        }
        var number = _fields[PayField.CardNumber] ?? _fields[PayField.BankAccountNumber]!;
        _leg.Say($"Your number ends in {string.Join(' ', number[^4..].ToCharArray())}. Please press 1 to confirm or 2 to cancel.");
        Wait(2 * _terms.Timeout, Prompt);
    }

    private void Confirm(char key)
    {
        if (key == '1') Submit();
        else if (key == '2') End(PayResult.Cancelled);
        else Prompt();
    }

    private void Submit()
    {
        StopWaiting();
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
        var result = PayResult.InternalError;
        try
        {
            result = PayResult.Of(await _services.Connectors.SubmitAsync(_terms.Connector, request, closing), _terms.IsCharge);
        }
        catch (Exception) when (closing.IsCancellationRequested)
        {
            return;
        }
        catch (Exception bug)
        {
            // Whatever happens, a session ends and says so.
            PayLog.SubmissionFailed(_services.Logger, Sid, bug);
        }
        lock (_lock)
        {
            if (_phase is Phase.Submitting) End(result);
        }
    }

    private void End(PayResult result)
    {
        Send(_callback.Final(result, _fields, Stamp()));
        Leave();
    }

    private void Leave()
    {
        _phase = Phase.Ended;
        StopWaiting();
        _capture = null;
        _fields.Wipe();
        _listening?.Dispose();
        _closing.Cancel();
    }

    private void Send(KeyValuePair<string, string>[] parameters, string? url = null) => _services.Callbacks.Post(Sid, new Webhook(url ?? _url, parameters));

    /// <summary>Twilio's order of events, in milliseconds that are never the same twice: clients drop what is not newer.</summary>
    private DateTimeOffset Stamp()
    {
        var now = Now();
        return _updated = now > _updated ? now : _updated.AddMilliseconds(1);
    }

    private DateTimeOffset Now()
    {
        var now = _services.Clock.GetUtcNow().UtcDateTime;
        return new(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)));
    }

    private void Wait(TimeSpan span, Action elapsed)
    {
        StopWaiting();
        ITimer? timer = null;
        timer = _services.Clock.CreateTimer(_ => Elapse(timer, elapsed), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer = timer;
        timer.Change(span, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A key may have come while the timer was already firing: then it is no longer the one that is waited for.</summary>
    private void Elapse(ITimer? timer, Action elapsed)
    {
        lock (_lock)
        {
            if (_timer == timer) elapsed();
        }
    }

    private void StopWaiting()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
