using AgentPay.Web.Sandbox.Webhooks;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Voice;

// Creates the legs of calls and rings phones.
internal sealed class Switchboard(Legs legs, CallerIds callerIds, CallbackQueue queue, IOptions<SandboxOptions> options, TimeProvider clock)
{
    // Creates the leg of an incoming call. Its end is reported to statusCallback.
    public Leg Accept(string from, string to, IReadOnlyList<KeyValuePair<string, string>> sipParameters, string? statusCallback)
    {
        var leg = new Leg
        {
            From = from,
            To = to,
            Direction = "inbound",
            Clock = clock,
            SipParameters = sipParameters,
            IsRecorded = options.Value.RecordCalls,
        };
        leg.Callbacks = new(leg, queue, clock);
        if (!string.IsNullOrEmpty(statusCallback))
            leg.Callbacks.Subscription = new(statusCallback, "POST", ProgressSubscription.CompletedOnly);
        return legs.Add(leg);
    }

    // Rings a phone. Returns null if the caller ID is not allowed. If the number cannot be reached, the leg has already ended.
    public async Task<Leg?> RingAsync(Leg parent, DialTarget target, string? callerId, Func<Leg, bool> mayAnswer)
    {
        if (callerIds.For(parent, target, callerId) is not { } from) return null;
        var leg = new Leg
        {
            ParentSid = parent.Sid,
            From = from,
            To = target.To,
            Direction = "outbound-dial",
            Clock = clock,
            SipHeaders = target.SipHeaders,
            MayAnswer = mayAnswer,
        };
        leg.Callbacks = new(leg, queue, clock) { Subscription = target.Progress };
        leg.Callbacks.Report("initiated", "initiated");
        var unreachable = Unreachable(target.To);
        if (unreachable is null) leg.Callbacks.Report("ringing", "ringing");
        legs.Add(leg);
        if (unreachable is { } final) await leg.EndAsync(final);
        return leg;
    }

    // Whether this phone answers when phones answer automatically.
    public static bool AnswersAutomatically(Leg leg) => UserOf(leg.To) != E164Number.NeverAnswers;

    private static LegStatus? Unreachable(string to) => UserOf(to) switch
    {
        E164Number.Unreachable => LegStatus.Failed,
        E164Number.Busy => LegStatus.Busy,
        _ => null,
    };

    private static string UserOf(string to) => SipAddress.Parse(to)?.User ?? to;
}
