namespace AgentPay.Web.Sandbox.Voice;

// Runs the TwiML of one leg, from the first document to the end of the call.
internal sealed class CallFlow(
    Leg leg,
    Switchboard switchboard,
    TwimlFetcher fetcher,
    TimeProvider clock,
    CancellationToken stop) : IDisposable
{
    // How many documents may run without the call waiting for a person or a timer. More than that is treated as a redirect loop.
    private const int MaxDocuments = 100;

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _firstWait = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _nextWait = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _interruption = new();
    private TwimlSource? _redirect;
    private bool _finished;
    private bool _hasLeft;
    private int _documents;

    public Leg Leg { get; } = leg;

    public DialledLegs Dialled { get; } = new();

    // The phones that this call rings answer automatically.
    public bool AutoAnswers { get; init; }

    public Fallback? Fallback { get; set; }

    // The flow of the calling leg while this flow plays a whisper to the dialled party; otherwise null.
    public CallFlow? Outer { get; private init; }

    // The connection of the running Dial; null while nobody is connected.
    public Connection? Connected { get; set; }

    // The transfer that rings its target while this call is still connected; otherwise null.
    public CallFlow? Transfer { get; set; }

    // Called when a Dial of this flow is answered, before the parties are connected. A transfer then ends the former connection.
    public Func<CallFlow, Task> Answered { get; init; } = _ => Task.CompletedTask;

    // True while the leg belongs to another flow, which continues with it when this flow ends.
    public bool IsGuest { get; set; }

    // The result of the last Dial that did not connect. The call ends with this status unless something else answers it.
    public LegStatus? UnansweredStatus { get; set; }

    // Completes when the TwiML first waits for a person or a timer (ringing, connected, pausing), or when it has ended.
    public Task FirstWait => _firstWait.Task;

    // Completes when the flow next waits for anything, including a webhook. Already completed when the flow has ended.
    public Task NextWait
    {
        get { lock (_lock) return _nextWait.Task; }
    }

    // Does not throw. A reset of the sandbox ends it early.
    public async Task RunAsync(TwimlSource first)
    {
        using var listening = Leg.Listen(_ => Task.CompletedTask, InterruptAsync);
        await using var stopping = stop.Register(() => _ = CancelAsync());
        try
        {
            for (var next = first; next is not null; next = await RunOneAsync(next)) SignalWait();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The sandbox was reset: the call ends without callbacks.
        }
        finally
        {
            lock (_lock) _finished = true;
            Wait();
        }
    }

    // Runs other TwiML from now on and hangs up the dialled legs. Returns false when the flow has ended.
    public async Task<bool> RedirectAsync(TwimlSource source)
    {
        lock (_lock)
        {
            if (_finished) return false;
            _redirect = source;
        }
        await InterruptAsync();
        return true;
    }

    // Ends the flow and hangs up the dialled legs. The leg itself continues with another flow.
    public Task LeaveAsync()
    {
        lock (_lock) _hasLeft = true;
        return InterruptAsync();
    }

    // Plays TwiML to the dialled party alone before the parties are connected.
    public async Task WhisperAsync(Leg child, TwimlSource source)
    {
        using var whisper = new CallFlow(child, switchboard, fetcher, clock, stop) { Outer = this, Fallback = Fallback };
        await whisper.RunAsync(source);
    }

    // Answers the call if it is still ringing. Returns false when the caller has hung up.
    public bool Answer() => Leg.Answer() || Leg.IsInProgress;

    public CancellationToken Stop => stop;

    // Reports that the flow now waits for a person or a timer. The timers must be running already.
    public void Wait()
    {
        _documents = 0;
        _firstWait.TrySetResult();
        SignalWait();
        if (!_finished) Outer?.Wait();
    }

    public void Dispose()
    {
        lock (_lock) _interruption.Dispose();
    }

    private void SignalWait()
    {
        TaskCompletionSource current;
        lock (_lock)
        {
            current = _nextWait;
            if (!_finished) _nextWait = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        current.TrySetResult();
        Outer?.SignalWait();
    }

    private async Task<TwimlSource?> RunOneAsync(TwimlSource source)
    {
        var interrupted = ArmInterruption();
        TwimlSource? next = null;
        try
        {
            var document = ++_documents <= MaxDocuments
                ? await fetcher.FetchAsync(Leg, source, Fallback, stop)
                : TwimlFetcher.Fail(Leg, 12400, "The TwiML of this call redirects endlessly");
            next = await new TwimlRun(this, document, source, switchboard, fetcher, clock).RunAsync(interrupted);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The leg has ended or was redirected.
        }
        return await NextSourceAsync(next);
    }

    private CancellationToken ArmInterruption()
    {
        lock (_lock)
        {
            _interruption = new();
            if (_redirect is not null || _hasLeft || Leg.HasEnded || stop.IsCancellationRequested) _interruption.Cancel();
            return _interruption.Token;
        }
    }

    private async Task<TwimlSource?> NextSourceAsync(TwimlSource? next)
    {
        lock (_lock)
        {
            var (redirect, ended) = (_redirect, Leg.HasEnded);
            _redirect = null;
            if (!ended && !_hasLeft && (redirect ?? next) is { } source) return source;
            _finished = true;
        }
        if (Transfer is { } transfer && transfer.Leg == Leg) transfer.IsGuest = false;
        else if (Outer is null && !IsGuest && !_hasLeft) await HangUpAsync();
        return null;
    }

    // At the end of a document, Twilio has answered the call unless a Reject told it not to.
    private async Task HangUpAsync()
    {
        if (UnansweredStatus is null) Leg.Answer();
        await Leg.HangUpAsync(UnansweredStatus ?? LegStatus.Completed);
    }

    private async Task InterruptAsync()
    {
        if (Transfer is { } transfer && Dialled.Contains(transfer.Leg))
        {
            transfer.IsGuest = false;
            Dialled.Release(transfer.Leg);
        }
        await CancelAsync();
        await Dialled.HangUpAsync();
    }

    private Task CancelAsync()
    {
        lock (_lock) return _finished ? Task.CompletedTask : _interruption.CancelAsync();
    }
}
