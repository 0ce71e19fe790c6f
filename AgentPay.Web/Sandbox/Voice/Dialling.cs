namespace AgentPay.Web.Sandbox.Voice;

/// <summary>What came of a Dial verb, in the words of its action request.</summary>
internal sealed record DialResult(LegStatus Status, Leg? Child, TimeSpan Duration, bool Bridged)
{
    public static readonly DialResult NobodyDialled = new(LegStatus.Failed, null, TimeSpan.Zero, false);

    public IReadOnlyList<KeyValuePair<string, string>> Parameters()
    {
        List<KeyValuePair<string, string>> parameters = [new("DialCallStatus", Status.ToWord())];
        if (Child is not null) parameters.Add(new("DialCallSid", Child.Sid));
        parameters.Add(new("DialCallDuration", CallParameters.Whole(Duration.TotalSeconds)));
        parameters.Add(new("DialBridged", Bridged ? "true" : "false"));
        if (Child?.To.StartsWith("sip", StringComparison.Ordinal) is not true) return parameters;
        parameters.Add(new("DialSipCallId", $"{Child.Sid}@sandbox"));
        parameters.Add(new("DialSipResponseCode", SipCode()));
        return parameters;
    }

    private string SipCode() => Status switch
    {
        LegStatus.Completed => "200",
        LegStatus.Busy => "486",
        LegStatus.Failed => "404",
        LegStatus.NoAnswer => "408",
        _ => "487",
    };
}

/// <summary>One Dial verb while it runs: rings, connects the first who answers, and ends with the connection.</summary>
internal sealed class Dialling(CallFlow flow, DialPlan plan, Switchboard switchboard, TimeProvider clock)
{
    /// <param name="interrupted">The caller has hung up, or the call was redirected.</param>
    public async Task<DialResult> RunAsync(CancellationToken interrupted)
    {
        var result = DialResult.NobodyDialled;
        var rounds = plan.IsSequential ? plan.Targets.Select(t => new[] { t }) : [plan.Targets.ToArray()];
        foreach (var round in rounds)
        {
            result = await RunRoundAsync(round, interrupted);
            if (result.Status == LegStatus.Completed || interrupted.IsCancellationRequested) break;
        }
        return result;
    }

    private async Task<DialResult> RunRoundAsync(DialTarget[] targets, CancellationToken interrupted)
    {
        using var timeout = new CancellationTokenSource(plan.Timeout, clock);
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, interrupted);
        var ringing = await RingAsync(targets, interrupted);
        if (ringing.Count == 0) return DialResult.NobodyDialled;
        var answered = await FirstToAnswerAsync([.. ringing.Keys], givenUp.Token);
        var others = answered is null && !interrupted.IsCancellationRequested ? LegStatus.NoAnswer : LegStatus.Canceled;
        foreach (var other in ringing.Keys.Where(l => l != answered)) await other.HangUpAsync(others);
        var result = answered is null ? Unanswered(ringing.Keys) : await ConnectAsync(answered, ringing[answered], interrupted);
        flow.Dialled.Remove(ringing.Keys);
        return result;
    }

    private async Task<Dictionary<Leg, DialTarget>> RingAsync(DialTarget[] targets, CancellationToken interrupted)
    {
        Leg? first = null;
        var ringing = new Dictionary<Leg, DialTarget>();
        foreach (var target in targets)
        {
            flow.Stop.ThrowIfCancellationRequested();
            var leg = await switchboard.RingAsync(flow.Leg, target, plan.CallerId, leg => Interlocked.CompareExchange(ref first, leg, null) is null);
            if (leg is null) continue;
            ringing.Add(leg, target);
            flow.Dialled.Add(leg);

            // An interruption hangs up what it finds; what is dialled after that is for this side to end.
            if (interrupted.IsCancellationRequested) await leg.HangUpAsync(LegStatus.Canceled);
        }
        if (flow.PicksUpAtOnce) _ = ringing.Keys.Where(Switchboard.PicksUp).FirstOrDefault(l => l.Answer());
        return ringing;
    }

    private async Task<Leg?> FirstToAnswerAsync(List<Leg> ringing, CancellationToken givenUp)
    {
        while (ringing.Count > 0)
        {
            var changed = Task.WhenAny(ringing.Select(l => l.WhenAnswered));
            if (!changed.IsCompleted) flow.Wait();
            try
            {
                await changed.WaitAsync(givenUp);
            }
            catch (OperationCanceledException)
            {
                flow.Stop.ThrowIfCancellationRequested();
                return null;
            }
            if (ringing.Find(l => l.WhenAnswered is { IsCompleted: true, Result: true }) is { } answered) return answered;
            ringing.RemoveAll(l => l.WhenAnswered.IsCompleted);
        }
        return null;
    }

    private static DialResult Unanswered(IEnumerable<Leg> legs)
    {
        var last = legs.Last();
        return new(last.Status, last, TimeSpan.Zero, false);
    }

    private async Task<DialResult> ConnectAsync(Leg child, DialTarget target, CancellationToken interrupted)
    {
        if (target.Url is not null) await flow.WhisperAsync(child, target.Url);
        flow.Stop.ThrowIfCancellationRequested();
        var answered = child.IsInProgress && !interrupted.IsCancellationRequested && flow.Answer();
        var from = clock.GetUtcNow();
        if (answered) await TalkAsync(child, interrupted);
        if (!flow.Dialled.Released(child).IsCancellationRequested) await child.HangUpAsync(LegStatus.Canceled);
        return new(LegStatus.Completed, child, answered ? clock.GetUtcNow() - from : TimeSpan.Zero, answered);
    }

    /// <summary>Until either side hangs up, the child is sent elsewhere, the time is over, or the caller presses the star.</summary>
    private async Task TalkAsync(Leg child, CancellationToken interrupted)
    {
        using var limit = new CancellationTokenSource(plan.TimeLimit, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(interrupted, limit.Token, flow.Dialled.Released(child));
        var star = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var keys = flow.Leg.Listen(key => Task.FromResult(plan.HangsUpOnStar && key == '*' && star.TrySetResult()), () => Task.CompletedTask);
        flow.Wait();
        try
        {
            await Task.WhenAny(child.WhenEnded, star.Task).WaitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            // Whichever leg is still up goes on with what follows.
            flow.Stop.ThrowIfCancellationRequested();
        }
    }
}
