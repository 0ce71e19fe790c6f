using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Phone;

/// <summary>Everything that the page shows of one customer.</summary>
/// <param name="Generation">Another one when the sandbox has been started anew.</param>
/// <param name="Call">The call that the handset is in, or else its last one; null when there has been none.</param>
/// <param name="MoreCalls">How many other calls of this number have not ended.</param>
internal sealed record PhoneState(string Generation, PhoneCall? Call, int MoreCalls)
{
    public static PhoneState Of(string number, Legs legs, Typist typist, string uuiHeader)
    {
        var generation = legs.Generation;
        var all = legs.All;
        var dialled = all.Where(leg => leg.ParentSid is not null).ToLookup(leg => leg.ParentSid!);
        var calls = all
            .Where(leg => leg.ParentSid is null)
            .Select(leg => PhoneCall.Of(leg, [.. dialled[leg.Sid]], number, typist, uuiHeader))
            .OfType<PhoneCall>()
            .ToList();
        var live = calls.Where(call => call.IsLive).ToList();
        return new(generation, live.LastOrDefault() ?? calls.LastOrDefault(), Math.Max(0, live.Count - 1));
    }
}

/// <summary>A call between a customer and the agent, whoever has placed it.</summary>
/// <param name="Uui">What the softphone was told with the call, or told; null when there is none.</param>
/// <param name="Key">What the console finds the call by: the UUI, or in its place the SID of the leg that called.</param>
/// <param name="Recording">Status of the recording of the call; null when it is not recorded.</param>
/// <param name="Alerts">What Twilio's debugger shows: the newest of it.</param>
internal sealed record PhoneCall(
    string Sid, bool IsLive, bool IsInbound, string Business, string? Uui, string Key, IReadOnlyList<string> Alerts,
    PhoneLeg? Customer, PhoneLeg? Agent, LegPayment? Payment, Typing? Typing, string? Recording)
{
    /// <summary>Null when the call is another customer's.</summary>
    public static PhoneCall? Of(Leg caller, IReadOnlyList<Leg> dialled, string number, Typist typist, string uuiHeader)
    {
        var isInbound = caller.SipParameters.Count == 0;
        var isOurs = isInbound ? caller.From == number : SipAddress.Parse(caller.To)?.User == number || dialled.Any(leg => leg.To == number);
        if (!isOurs) return null;
        var other = dialled.OrderBy(leg => !leg.HasEnded).LastOrDefault();
        var (customer, agent) = isInbound ? (caller, other) : (other, caller);
        var uui = isInbound ? agent?.SipHeaders.GetValueOrDefault(uuiHeader) : caller.SipParameters.FirstOrDefault(p => p.Key == "SipHeader_" + uuiHeader).Value;
        return new(
            caller.Sid, !caller.HasEnded || other?.HasEnded == false, isInbound, isInbound ? caller.To : other?.From ?? "", uui, KeyOf(uui) ?? caller.Sid,
            [.. caller.Log.Alerts.Concat(other?.Log.Alerts ?? []).Select(alert => $"{alert.Code} {alert.Message}").Distinct().TakeLast(5)],
            PhoneLeg.Of(customer), PhoneLeg.Of(agent), customer?.Payment, customer is null ? null : typist.On(customer),
            caller.Recording?.Status);
    }

    /// <summary>Without the parameters that SIP allows after it.</summary>
    private static string? KeyOf(string? uui) => uui?.Split(';')[0].Trim() is { Length: > 0 } key ? key : null;
}

/// <summary>One side of a call.</summary>
/// <param name="Said">What has been said to it, oldest first.</param>
internal sealed record PhoneLeg(string Sid, string Status, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, IReadOnlyList<string> Said)
{
    public static PhoneLeg? Of(Leg? leg) => leg is null ? null : new(leg.Sid, leg.Status.ToWord(), leg.AnsweredAt, leg.EndedAt, leg.Said);
}
