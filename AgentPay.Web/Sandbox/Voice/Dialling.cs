namespace AgentPay.Web.Sandbox.Voice;

// The result of a Dial verb, with the parameters of its action request.
internal sealed record DialResult(LegStatus Status, Leg? Child, TimeSpan Duration, bool Bridged)
{
    public static readonly DialResult NothingDialled = new(LegStatus.Failed, null, TimeSpan.Zero, false);

    public IReadOnlyList<KeyValuePair<string, string>> Parameters()
    {
        List<KeyValuePair<string, string>> parameters = [new("DialCallStatus", Status.ToName())];
        if (Child is not null) parameters.Add(new("DialCallSid", Child.Sid));
        parameters.Add(new("DialCallDuration", CallParameters.Integer(Duration.TotalSeconds)));
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

// Runs one Dial verb: rings the targets, connects the first that answers, and ends with the connection.
internal sealed class Dialling(CallFlow flow, DialPlan plan, Switchboard switchboard, TimeProvider clock)
{
    // interrupted is cancelled when the caller hangs up or the call is redirected.
    public async Task<DialResult> RunAsync(CancellationToken interrupted)
    {
        var result = DialResult.NothingDialled;
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
        using var stopRinging = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, interrupted);
        var ringing = await RingAsync(targets, interrupted);
        if (ringing.Count == 0) return DialResult.NothingDialled;
        var answered = await FirstToAnswerAsync([.. ringing.Keys], stopRinging.Token);
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
            var leg = await switchboard.RingAsync(
                flow.Leg,
                target,
                plan.CallerId,
                mayAnswer: candidate => Interlocked.CompareExchange(ref first, candidate, null) is null);
            if (leg is null) continue;
            ringing.Add(leg, target);
            flow.Dialled.Add(leg);

            // The interruption has hung up only the legs that existed then. Later legs are hung up here.
            if (interrupted.IsCancellationRequested) await leg.HangUpAsync(LegStatus.Canceled);
        }
        if (flow.AutoAnswers) _ = ringing.Keys.Where(Switchboard.AnswersAutomatically).FirstOrDefault(l => l.Answer());
        return ringing;
    }

    private async Task<Leg?> FirstToAnswerAsync(List<Leg> ringing, CancellationToken stopRinging)
    {
        while (ringing.Count > 0)
        {
            var changed = Task.WhenAny(ringing.Select(l => l.WhenAnswered));
            if (!changed.IsCompleted) flow.Wait();
            try
            {
                await changed.WaitAsync(stopRinging);
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
        if (answered) await flow.Answered(flow);
        var from = clock.GetUtcNow();
        if (answered) await TalkAsync(child, interrupted);
        if (!flow.Dialled.Released(child).IsCancellationRequested) await child.HangUpAsync(LegStatus.Canceled);
        return new(LegStatus.Completed, child, answered ? clock.GetUtcNow() - from : TimeSpan.Zero, answered);
    }

    // Ends when a side hangs up, the child is redirected, the time limit is reached, or the caller presses the star key.
    private async Task TalkAsync(Leg child, CancellationToken interrupted)
    {
        using var limit = new CancellationTokenSource(plan.TimeLimit, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(interrupted, limit.Token, flow.Dialled.Released(child));
        var star = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var keys = flow.Leg.Listen(
            keyPressed: key => Task.FromResult(plan.HangsUpOnStar && key == '*' && star.TrySetResult()),
            ended: () => Task.CompletedTask);
        flow.Connected = new(child, plan.Refer, plan.AnswersOnBridge);
        flow.Wait();
        try
        {
            await Task.WhenAny(child.WhenEnded, star.Task).WaitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            // The legs that are still connected continue with the next TwiML.
            flow.Stop.ThrowIfCancellationRequested();
        }
        finally
        {
            flow.Connected = null;
        }
    }
}
