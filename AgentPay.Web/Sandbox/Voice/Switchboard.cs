using AgentPay.Web.Sandbox.Webhooks;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>Makes the legs of calls and rings the telephones at their far ends.</summary>
internal sealed class Switchboard(Legs legs, CallerIds callerIds, CallbackQueue queue, IOptions<SandboxOptions> options, TimeProvider clock)
{
    /// <summary>A leg that calls in; its completion is told to <paramref name="statusCallback"/>.</summary>
    public Leg Accept(string from, string to, IReadOnlyList<KeyValuePair<string, string>> sipParameters, string? statusCallback)
    {
        var leg = new Leg
        {
            From = from, To = to, Direction = "inbound", Clock = clock, SipParameters = sipParameters, IsRecorded = options.Value.RecordCalls,
        };
        leg.Callbacks = new(leg, queue, clock);
        if (!string.IsNullOrEmpty(statusCallback)) leg.Callbacks.Subscription = new(statusCallback, "POST", ProgressSubscription.CompletedOnly);
        return legs.Add(leg);
    }

    /// <summary>Rings a telephone. Null when the caller id does not allow it; a leg that has ended already when nobody can be reached.</summary>
    public async Task<Leg?> RingAsync(Leg parent, DialTarget target, string? callerId, Func<Leg, bool> mayAnswer)
    {
        if (callerIds.For(parent, target, callerId) is not { } from) return null;
        var leg = new Leg
        {
            ParentSid = parent.Sid, From = from, To = target.To, Direction = "outbound-dial", Clock = clock, SipHeaders = target.SipHeaders, MayAnswer = mayAnswer,
        };
        leg.Callbacks = new(leg, queue, clock) { Subscription = target.Progress };
        leg.Callbacks.Report("initiated", "initiated");
        var unreachable = Unreachable(target.To);
        if (unreachable is null) leg.Callbacks.Report("ringing", "ringing");
        legs.Add(leg);
        if (unreachable is { } final) await leg.EndAsync(final);
        return leg;
    }

    /// <summary>Whether the telephone picks up when the telephones are told to answer by themselves.</summary>
    public static bool PicksUp(Leg leg) => UserOf(leg.To) != PhoneNumber.Unattended;

    private static LegStatus? Unreachable(string to) => UserOf(to) switch
    {
        PhoneNumber.OutOfService => LegStatus.Failed,
        PhoneNumber.Engaged => LegStatus.Busy,
        _ => null,
    };

    private static string UserOf(string to) => SipAddress.Parse(to)?.User ?? to;
}
