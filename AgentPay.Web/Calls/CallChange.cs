using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>What a webhook adds to what is known of a call. Pure, and harmless when applied again.</summary>
/// <param name="known">Null when nothing is known.</param>
/// <returns>Null when there is still nothing to know.</returns>
internal delegate Call? CallChange(Call? known);

/// <summary>
/// The changes that webhooks make. They may come in any order and on any instance: whichever is first makes the record,
/// each fills what is missing, and none takes anything back.
/// </summary>
internal static class CallChanges
{
    private const int MostOthers = 8;

    /// <summary>A customer's leg that has called in.</summary>
    public static CallChange OfCustomer(LegReport leg) => known => Inbound(known, leg.Leg, leg, leg.To).Advance(leg.Status);

    /// <summary>The agent's leg of a call that came in: when it ends, the call does.</summary>
    public static CallChange OfAgent(CallSid customer, LegReport leg) => known =>
    {
        var call = Inbound(known, customer, leg, PhoneNumber.OfSip(leg.To));
        if (call.HasEnded || (leg.Status.HasEnded() && call.SipSid is { } other && other != leg.Leg)) return call;
        return (call with { SipSid = leg.Leg }).Advance(leg.Status);
    };

    /// <summary>A customer's leg that the PBX has dialled. Nothing is known of it before it is answered.</summary>
    /// <remarks>
    /// A PBX may use a UUI again. While the customer of the first leg is there, for a consultation for example, the call stays theirs and the new
    /// leg is noted in <see cref="Call.OtherLegs"/>. After the end of the first leg the new one takes its place; what is still reported of an
    /// earlier leg changes nothing. Times are in whole seconds, so a leg of the same second may be the new one.
    /// </remarks>
    public static CallChange OfDialled(string uui, LegReport leg) => known =>
    {
        if (known?.PstnSid == leg.Leg) return Dialled(known, leg).Advance(leg.Status);
        if (known?.Others.Contains(leg.Leg.ToString()) == true || !WasAnswered(leg)) return known;
        if (known is { HasEnded: false }) return known.WithOther(leg.Leg);
        if (known?.At > leg.At || (known?.At == leg.At && leg.Status != CallStatus.InProgress)) return known;
        return Dialled(new() { Uui = uui, PstnSid = leg.Leg, Status = leg.Status, IsUnlinked = uui == leg.Parent?.ToString(), OtherLegs = known?.OtherLegs }, leg);
    };

    private static bool WasAnswered(LegReport leg) => leg.Status is CallStatus.InProgress or CallStatus.Completed;

    private static Call WithOther(this Call call, CallSid leg) => call with { OtherLegs = string.Join(' ', call.Others.Take(MostOthers - 1).Reverse().Append(leg.ToString())) };

    /// <summary>The end of a leg of which nothing else is told.</summary>
    public static CallChange OfEnd(CallStatus status) => known => status.HasEnded() ? known?.Advance(status) : known;

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
