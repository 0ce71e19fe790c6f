using AgentPay.Web.Sandbox.Messaging;
using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Phone;

// The state that the page shows of one customer. Generation changes when the sandbox was restarted or reset.
// Messages are the latest text messages to the handset, oldest first. Call is the current or last call of the handset.
// MoreCalls counts the other calls of this number that are in progress.
internal sealed record PhoneState(string Generation, PhoneCall? Call, int MoreCalls, IReadOnlyList<PhoneMessage> Messages)
{
    private const int MostMessages = 5;

    public static PhoneState Of(string number, Legs legs, TextMessages messages, Typist typist, string uuiHeader)
    {
        var generation = legs.Generation;
        var all = legs.All;
        var dialled = all.Where(leg => leg.ParentSid is not null).ToLookup(leg => leg.ParentSid!);
        var calls = all
            .Where(leg => leg.ParentSid is null)
            .Select(leg => PhoneCall.Of(leg, sid => [.. dialled[sid]], number, typist, uuiHeader))
            .OfType<PhoneCall>()
            .ToList();
        var live = calls.Where(call => call.IsLive).ToList();
        return new(generation, live.LastOrDefault() ?? calls.LastOrDefault(), Math.Max(0, live.Count - 1), LatestMessages());

        IReadOnlyList<PhoneMessage> LatestMessages() =>
            [.. messages.To(number).TakeLast(MostMessages).Select(message => new PhoneMessage(message.From, message.Body))];
    }
}

internal sealed record PhoneMessage(string From, string Body);

// A call between the customer and the agent, in either direction. Uui is what the softphone received or sent.
// Recording is the status of the recording; null if there is none.
// Target is the phone that a transfer rings while the agent is still connected; null if there is none.
// Key identifies the call in the console: the UUI, or else the SID of the caller's leg. Alerts are the latest entries of Twilio's debugger.
internal sealed record PhoneCall(
    string Sid,
    bool IsLive,
    bool IsInbound,
    string Business,
    string? Uui,
    string Key,
    IReadOnlyList<string> Alerts,
    PhoneLeg? Customer,
    PhoneLeg? Agent,
    PhoneLeg? Target,
    LegPayment? Payment,
    Typing? Typing,
    string? Recording)
{
    // Returns null if the call belongs to another customer.
    public static PhoneCall? Of(Leg caller, Func<string, IReadOnlyList<Leg>> dialledBy, string number, Typist typist, string uuiHeader)
    {
        var dialled = dialledBy(caller.Sid);
        var isInbound = caller.SipParameters.Count == 0;
        var isOurs = isInbound
            ? caller.From == number
            : SipAddress.Parse(caller.To)?.User == number || dialled.Any(leg => leg.To == number);
        if (!isOurs) return null;
        var other = dialled.OrderBy(leg => !leg.HasEnded).LastOrDefault();
        var customer = isInbound ? caller : other;
        // After a transfer, the customer's leg has dialled the new agent.
        List<Leg> agents = isInbound ? [.. dialled] : [caller, .. other is null ? [] : dialledBy(other.Sid)];
        var agent = agents.FindLast(leg => leg.IsInProgress) ?? agents.OrderBy(leg => !leg.HasEnded).LastOrDefault();
        var uui = isInbound
            ? agent?.SipHeaders.GetValueOrDefault(uuiHeader)
            : caller.SipParameters.FirstOrDefault(p => p.Key == "SipHeader_" + uuiHeader).Value;
        return new(
            caller.Sid,
            IsLive: !caller.HasEnded || other?.HasEnded == false,
            isInbound,
            Business: isInbound ? caller.To : other?.From ?? "",
            uui,
            KeyOf(uui) ?? caller.Sid,
            LatestAlerts(caller, other),
            PhoneLeg.Of(customer),
            PhoneLeg.Of(agent),
            PhoneLeg.Of(agents.FindLast(leg => leg != agent && leg.IsRinging)),
            customer?.Payment,
            customer is null ? null : typist.Find(customer),
            caller.Recording?.Status);
    }

    private static List<string> LatestAlerts(Leg caller, Leg? other) =>
    [
        .. caller.Log.Alerts
            .Concat(other?.Log.Alerts ?? [])
            .Select(alert => $"{alert.Code} {alert.Message}")
            .Distinct()
            .TakeLast(5),
    ];

    // SIP allows parameters after the value; they are not part of the key.
    private static string? KeyOf(string? uui) => uui?.Split(';')[0].Trim() is { Length: > 0 } key ? key : null;
}

// One side of a call. Address is its number or SIP URI. Said is what Twilio has said to it, oldest first.
internal sealed record PhoneLeg(
    string Sid, string Address, string Status, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, IReadOnlyList<string> Said)
{
    public static PhoneLeg? Of(Leg? leg) => leg is null
        ? null
        : new(leg.Sid, leg.ParentSid is null ? leg.From : leg.To, leg.Status.ToName(), leg.AnsweredAt, leg.EndedAt, leg.Said);
}
