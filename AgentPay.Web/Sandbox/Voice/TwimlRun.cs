using System.Xml.Linq;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>One TwiML document while it runs, verb after verb.</summary>
internal sealed class TwimlRun(
    CallFlow flow, TwimlDocument document, TwimlSource source, Switchboard switchboard, TwimlFetcher fetcher, TimeProvider clock)
{
    /// <summary>Known verbs that a party hears nothing of in the sandbox, and unknown ones, are skipped with this warning.</summary>
    private const int SchemaWarning = 12200;

    private static readonly string[] VoiceAttributes = ["voice", "language", "loop"];

    /// <returns>The TwiML that takes over; null when this document was the last.</returns>
    public async Task<TwimlSource?> RunAsync(CancellationToken interrupted)
    {
        foreach (var verb in document.Verbs)
        {
            interrupted.ThrowIfCancellationRequested();
            switch (verb.Name.ToString())
            {
                case "Say":
                    await SpeakAsync(verb, Words(verb), interrupted);
                    break;
                case "Play":
                    await SpeakAsync(verb, $"[plays {Words(verb)}]", interrupted);
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
                    await flow.Leg.HangUpAsync(RejectedAs(verb));
                    return null;
                case "Dial" when flow.Outer is null:
                    if (await DialAsync(verb, interrupted) is { } next) return next;
                    break;
                default:
                    flow.Leg.Alert(SchemaWarning, $"{verb.Name} is no verb that the sandbox runs here");
                    break;
            }
        }
        interrupted.ThrowIfCancellationRequested();
        return null;
    }

    /// <summary>Speaking takes no time in the sandbox. A loop of 0 goes on until the call ends.</summary>
    private async Task SpeakAsync(XElement verb, string words, CancellationToken interrupted)
    {
        var attributes = new TwimlAttributes(verb, document, flow.Leg, verb.Name == "Say" ? VoiceAttributes : ["loop"]);
        var times = attributes.Number("loop", 1, 0, 1000, SchemaWarning);
        flow.Answer();
        for (var said = 0; said < Math.Max(times, 1); said++) flow.Leg.Say(words);
        if (times == 0) await WaitAsync(Timeout.InfiniteTimeSpan, interrupted);
    }

    /// <summary>Does not pick the call up: at the start of a document the caller goes on hearing it ring.</summary>
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
        flow.Leg.Alert(11100, "Redirect: the URL is not one that Twilio would call");
        return TwimlSource.Inline("");
    }

    private LegStatus RejectedAs(XElement verb)
    {
        var reason = new TwimlAttributes(verb, document, flow.Leg, "reason").Words("reason", new HashSet<string>(), "rejected", "busy");
        return reason.Contains("busy") ? LegStatus.Busy : LegStatus.NoAnswer;
    }

    private async Task<TwimlSource?> DialAsync(XElement verb, CancellationToken interrupted)
    {
        var plan = DialPlan.Read(verb, document, flow.Leg);
        if (!plan.AnswersOnBridge) flow.Answer();
        var result = await new Dialling(flow, plan, switchboard, clock).RunAsync(interrupted);
        flow.DialledInVain = result.Bridged ? null : result.Status;
        if (plan.Action is not { } action) return null;
        action = action with { More = result.Parameters() };
        if (!flow.Leg.HasEnded) return action;

        // The caller has gone: Twilio still tells the action URL, and runs nothing of what it answers.
        await fetcher.FetchAsync(flow.Leg, action, null, flow.Stop);
        return null;
    }

    private static string Words(XElement verb) => string.Join(' ', verb.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
