using System.Xml.Linq;

namespace AgentPay.Web.Sandbox.Voice;

// Runs the verbs of one TwiML document in order.
internal sealed class TwimlRun(
    CallFlow flow,
    TwimlDocument document,
    TwimlSource source,
    Switchboard switchboard,
    TwimlFetcher fetcher,
    TimeProvider clock)
{
    // Warning for verbs that are unknown, or that the sandbox skips.
    private const int SchemaWarning = 12200;

    private static readonly string[] SayAttributes = ["voice", "language", "loop"];

    // Returns the TwiML that continues the call, or null if this document was the last.
    public async Task<TwimlSource?> RunAsync(CancellationToken interrupted)
    {
        foreach (var verb in document.Verbs)
        {
            interrupted.ThrowIfCancellationRequested();
            switch (verb.Name.ToString())
            {
                case "Say":
                    await SpeakAsync(verb, SpokenText(verb), interrupted);
                    break;
                case "Play":
                    await SpeakAsync(verb, $"[plays {SpokenText(verb)}]", interrupted);
                    break;
                case "Pause":
                    await PauseAsync(verb, interrupted);
                    break;
                case "Redirect":
                    return Redirect(verb);
                case "Hangup":
                    flow.Answer();
                    await flow.Leg.EndAsync(LegStatus.Completed);
                    return null;
                case "Reject" when flow.Outer is null:
                    await flow.Leg.HangUpAsync(RejectStatus(verb));
                    return null;
                case "Dial" when flow.Outer is null:
                    if (await DialAsync(verb, interrupted) is { } next) return next;
                    break;
                default:
                    flow.Leg.Alert(SchemaWarning, $"The sandbox does not run {verb.Name} here");
                    break;
            }
        }
        interrupted.ThrowIfCancellationRequested();
        return null;
    }

    // Speaking takes no time in the sandbox. A loop of 0 repeats until the call ends.
    private async Task SpeakAsync(XElement verb, string words, CancellationToken interrupted)
    {
        var attributes = new TwimlAttributes(verb, document, flow.Leg, verb.Name == "Say" ? SayAttributes : ["loop"]);
        var times = attributes.Number("loop", 1, 0, 1000, SchemaWarning);
        flow.Answer();
        for (var said = 0; said < Math.Max(times, 1); said++) flow.Leg.Say(words);
        if (times == 0) await WaitAsync(Timeout.InfiniteTimeSpan, interrupted);
    }

    // Does not answer the call: with a pause at the start of a document, the caller still hears ringing.
    private Task PauseAsync(XElement verb, CancellationToken interrupted)
    {
        var seconds = new TwimlAttributes(verb, document, flow.Leg, "length").Number("length", 1, 0, 14400, 13610);
        return WaitAsync(TimeSpan.FromSeconds(seconds), interrupted);
    }

    private Task WaitAsync(TimeSpan span, CancellationToken interrupted)
    {
        var waiting = Task.Delay(span, clock, interrupted);
        flow.Wait();
        return waiting;
    }

    private TwimlSource Redirect(XElement verb)
    {
        var attributes = new TwimlAttributes(verb, document, flow.Leg, "method");
        if (verb.Value.Trim() is not { Length: > 0 } url) return source;
        if (document.Resolve(url) is { } target) return TwimlSource.At(target, attributes.Method("method"));
        flow.Leg.Alert(11100, "Redirect: Twilio cannot call this URL");
        return TwimlSource.Inline("");
    }

    private LegStatus RejectStatus(XElement verb)
    {
        var reason = new TwimlAttributes(verb, document, flow.Leg, "reason").Values("reason", new HashSet<string>(), "rejected", "busy");
        return reason.Contains("busy") ? LegStatus.Busy : LegStatus.NoAnswer;
    }

    private async Task<TwimlSource?> DialAsync(XElement verb, CancellationToken interrupted)
    {
        var plan = DialPlan.Read(verb, document, flow.Leg);
        if (!plan.AnswersOnBridge) flow.Answer();
        var result = await new Dialling(flow, plan, switchboard, clock).RunAsync(interrupted);
        flow.UnansweredStatus = result.Bridged ? null : result.Status;
        if (plan.Action is not { } action) return null;
        action = action with { More = result.Parameters() };
        if (!flow.Leg.HasEnded) return action;

        // After the caller has hung up, Twilio still requests the action URL but ignores the TwiML that it returns.
        await fetcher.FetchAsync(flow.Leg, action, null, flow.Stop);
        return null;
    }

    private static string SpokenText(XElement verb) =>
        string.Join(' ', verb.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
