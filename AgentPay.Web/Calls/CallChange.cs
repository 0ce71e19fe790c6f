using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

// Applies the content of a webhook to a call. Pure and idempotent. The argument is null when the call is not known yet. The result is null
// when the webhook does not create the call.
internal delegate Call? CallChange(Call? known);

// The changes that webhooks make. Webhooks arrive in any order and on any instance. The first one creates the record, and each one sets the
// properties that are still null. None clears a property.
internal static class CallChanges
{
    private const int MaxOthers = 8;

    // A report about a customer's leg of an inbound call.
    public static CallChange OfCustomer(LegReport leg) => known => Inbound(known, leg.Leg, leg, leg.To).Advance(leg.Status);

    // A report about the agent's leg of an inbound call. The end of this leg ends the call, unless the agent has transferred it.
    public static CallChange OfAgent(CallSid customer, LegReport leg) => known =>
    {
        var call = Inbound(known, customer, leg, PhoneNumber.OfSip(leg.To));
        var isFormer = call.SipSid is { } other && other != leg.Leg && (leg.Status.HasEnded() || call.Transfer is not null);
        if (call.HasEnded || isFormer || call.IsLeaving(leg)) return call;
        return (call with { SipSid = leg.Leg }).Advance(leg.Status);
    };

    // A report about a customer's leg that the PBX dialled. The call is created when the customer answers.
    // A PBX may use a UUI again, for a consultation for example. While the first leg is in progress, it keeps the call, and the new leg is
    // added to OtherLegs. After its end, the new leg replaces it, and late reports about earlier legs are ignored. Twilio's times are in
    // whole seconds, so a leg with the same time may be the new one.
    public static CallChange OfDialled(string uui, LegReport leg) => known =>
    {
        if (known?.PstnSid == leg.Leg) return Dialled(known, leg).Advance(leg.Status);
        if (known?.Others.Contains(leg.Leg.ToString()) == true || !WasAnswered(leg)) return known;
        if (known is { HasEnded: false }) return known.WithOther(leg.Leg);
        if (known?.At > leg.At || (known?.At == leg.At && leg.Status != CallStatus.InProgress)) return known;
        var call = new Call
        {
            Uui = uui,
            PstnSid = leg.Leg,
            Status = leg.Status,
            IsUnlinked = uui == leg.Parent?.ToString(),
            OtherLegs = known?.OtherLegs,
        };
        return Dialled(call, leg);
    };

    private static bool WasAnswered(LegReport leg) => leg.Status is CallStatus.InProgress or CallStatus.Completed;

    private static Call WithOther(this Call call, CallSid leg) => call with
    {
        OtherLegs = string.Join(' ', call.Others.Take(MaxOthers - 1).Reverse().Append(leg.ToString())),
    };

    // The end of a leg of the call. Other statuses of this leg change nothing.
    public static CallChange OfEnd(LegReport leg) => known =>
    {
        if (known is null || !leg.Status.HasEnded()) return known;
        var isEnd = known.PstnSid == leg.Leg || (known.SipSid == leg.Leg && !known.IsLeaving(leg));
        return isEnd ? known.Advance(leg.Status) : known;
    };

    private static Call Inbound(Call? known, CallSid customer, LegReport leg, string? to) =>
        Filled(known ?? new Call { Uui = customer.ToString(), PstnSid = customer }, leg, to, CallDirection.Inbound);

    private static Call Dialled(Call call, LegReport leg) =>
        Filled(call, leg, leg.To, CallDirection.Outbound) with { SipSid = call.SipSid ?? leg.Parent };

    private static Call Filled(Call call, LegReport leg, string? to, CallDirection direction) => call with
    {
        From = call.From ?? leg.From,
        To = call.To ?? to,
        Direction = call.Direction ?? direction,
        At = call.At ?? leg.At,
    };
}
