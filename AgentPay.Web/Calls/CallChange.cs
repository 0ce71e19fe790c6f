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
    /// A PBX may use a UUI again, for a second try or after a transfer: then the leg answered last counts, and what is still reported
    /// of an earlier one is old news.
    /// </remarks>
    public static CallChange OfDialled(string uui, LegReport leg) => known =>
    {
        if (known?.PstnSid == leg.Leg) return Dialled(known, leg).Advance(leg.Status);
        var wasAnswered = leg.Status is CallStatus.InProgress or CallStatus.Completed;
        if (!wasAnswered || known?.At >= leg.At) return known;
        return Dialled(new() { Uui = uui, PstnSid = leg.Leg, Status = leg.Status, IsUnlinked = uui == leg.Parent?.ToString() }, leg);
    };

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
