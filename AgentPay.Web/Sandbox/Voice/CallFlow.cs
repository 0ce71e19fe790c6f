namespace AgentPay.Web.Sandbox.Voice;

/// <summary>One leg's way through its TwiML, from the first document to the end of the call.</summary>
internal sealed class CallFlow(Leg leg, Switchboard switchboard, TwimlFetcher fetcher, TimeProvider clock, CancellationToken stop) : IDisposable
{
    /// <summary>Documents that may follow on each other without the call waiting for anybody: more are a loop of redirects.</summary>
    private const int MostHops = 100;

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _pause = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _interruption = new();
    private TwimlSource? _redirect;
    private bool _finished;
    private int _hops;

    public Leg Leg { get; } = leg;

    public DialledLegs Dialled { get; } = new();

    /// <summary>The telephones that this call rings answer by themselves.</summary>
    public bool PicksUpAtOnce { get; init; }

    public Fallback? Fallback { get; set; }

    /// <summary>The flow of the call that waits while this one speaks to the dialled party alone; null for a call of its own.</summary>
    public CallFlow? Outer { get; private init; }

    /// <summary>How the last Dial that left the call unanswered went: that is how the call ends when nothing else answers it.</summary>
    public LegStatus? DialledInVain { get; set; }

    /// <summary>Ends once the TwiML waits for somebody or for time (ringing, connected, pausing), or has come to its end.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Ends when the flow next waits for anything, a webhook included; at once when it has come to its end.</summary>
    public Task NextPause
    {
        get { lock (_lock) return _pause.Task; }
    }

    /// <summary>Never fails; ends early when the sandbox is reset.</summary>
    public async Task RunAsync(TwimlSource first)
    {
        using var listening = Leg.Listen(_ => Task.CompletedTask, InterruptAsync);
        await using var stopping = stop.Register(() => _ = CancelAsync());
        try
        {
            for (var next = first; next is not null; next = await RunOneAsync(next)) Pause();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Reset: the call is gone, and nobody is told.
        }
        finally
        {
            lock (_lock) _finished = true;
            Wait();
        }
    }

    /// <summary>Runs other TwiML instead, from now on; whoever is being dialled is let go. False when the flow has come to its end.</summary>
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

    /// <summary>Lets the dialled party alone hear something before being connected.</summary>
    public async Task WhisperAsync(Leg child, TwimlSource source)
    {
        using var whisper = new CallFlow(child, switchboard, fetcher, clock, stop) { Outer = this, Fallback = Fallback };
        await whisper.RunAsync(source);
    }

    /// <summary>Picks the call up, if nothing has yet; false when the caller has gone.</summary>
    public bool Answer() => Leg.Answer() || Leg.IsInProgress;

    /// <summary>Cancelled by a reset.</summary>
    public CancellationToken Stop => stop;

    /// <summary>To be called when the flow is about to wait for somebody or for time, with its timers running.</summary>
    public void Wait()
    {
        _hops = 0;
        _settled.TrySetResult();
        Pause();
        if (!_finished) Outer?.Wait();
    }

    public void Dispose()
    {
        lock (_lock) _interruption.Dispose();
    }

    private void Pause()
    {
        TaskCompletionSource reached;
        lock (_lock)
        {
            reached = _pause;
            if (!_finished) _pause = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        reached.TrySetResult();
        Outer?.Pause();
    }

    private async Task<TwimlSource?> RunOneAsync(TwimlSource source)
    {
        var interrupted = Arm();
        TwimlSource? next = null;
        try
        {
            var document = ++_hops <= MostHops
                ? await fetcher.FetchAsync(Leg, source, Fallback, stop)
                : TwimlFetcher.GiveUp(Leg, 12400, "The TwiML of this call redirects without end");
            next = await new TwimlRun(this, document, source, switchboard, fetcher, clock).RunAsync(interrupted);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The leg has ended, or was sent elsewhere.
        }
        return await GoOnAsync(next);
    }

    private CancellationToken Arm()
    {
        lock (_lock)
        {
            _interruption = new();
            if (_redirect is not null || Leg.HasEnded || stop.IsCancellationRequested) _interruption.Cancel();
            return _interruption.Token;
        }
    }

    private async Task<TwimlSource?> GoOnAsync(TwimlSource? next)
    {
        lock (_lock)
        {
            var (redirect, ended) = (_redirect, Leg.HasEnded);
            _redirect = null;
            if (!ended && (redirect ?? next) is { } goOn) return goOn;
            _finished = true;
        }
        if (Outer is null) await HangUpAsync();
        return null;
    }

    /// <summary>The end of the document: Twilio picks up every call that it was not told to reject.</summary>
    private async Task HangUpAsync()
    {
        if (DialledInVain is null) Leg.Answer();
        await Leg.HangUpAsync(DialledInVain ?? LegStatus.Completed);
    }

    private async Task InterruptAsync()
    {
        await CancelAsync();
        await Dialled.HangUpAsync();
    }

    private Task CancelAsync()
    {
        lock (_lock) return _finished ? Task.CompletedTask : _interruption.CancelAsync();
    }
}
