using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Control;

/// <summary>A leg as the control API shows it. The keys pressed on it are nowhere in here.</summary>
/// <param name="Children">SIDs of the legs that it dialled, oldest first.</param>
/// <param name="SipHeaders">Headers that came to the telephone with the call.</param>
/// <param name="Alerts">What Twilio's debugger would show.</param>
/// <param name="Recording">Every status that its newest recording has had, oldest first; null when it was not recorded.</param>
/// <param name="Requests">The webhooks that were made for it; only when the one leg was asked for.</param>
internal sealed record CallReport(
    string Sid, string? ParentSid, IReadOnlyList<string> Children, string Direction, string From, string To, string Status,
    DateTimeOffset CreatedAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, IReadOnlyList<string> Said,
    IReadOnlyDictionary<string, string> SipHeaders, IReadOnlyList<Alert> Alerts, IReadOnlyList<string>? Recording,
    IReadOnlyList<RequestReport>? Requests)
{
    public static CallReport Of(Leg leg, Legs legs) => Of(leg, [.. legs.ChildrenOf(leg).Select(l => l.Sid)]);

    public static CallReport WithRequests(Leg leg, Legs legs) => Of(leg, legs) with { Requests = [.. leg.Log.Requests.Select(RequestReport.Of)] };

    /// <summary>Newest first.</summary>
    public static IEnumerable<CallReport> OfAll(Legs legs)
    {
        var all = legs.All;
        var children = all.Where(l => l.ParentSid is not null).ToLookup(l => l.ParentSid!, l => l.Sid);
        return all.Reverse().Select(leg => Of(leg, [.. children[leg.Sid]]));
    }

    private static CallReport Of(Leg leg, IReadOnlyList<string> children) => new(
        leg.Sid, leg.ParentSid, children, leg.Direction, leg.From, leg.To, leg.Status.ToWord(),
        leg.CreatedAt, leg.AnsweredAt, leg.EndedAt, leg.Said, leg.SipHeaders, leg.Log.Alerts, leg.Recording?.History, null);
}

/// <summary>A webhook as a debugger's request inspector shows it.</summary>
internal sealed record RequestReport(
    DateTimeOffset At, string Url, string Method, int? Status, int? ErrorCode, int Tries, IReadOnlyDictionary<string, string> Parameters)
{
    public static RequestReport Of(RequestTrace trace) => new(
        trace.At, trace.Url, trace.Method, trace.Status, trace.ErrorCode, trace.Tries,
        trace.Parameters.GroupBy(p => p.Key, p => p.Value).ToDictionary(p => p.Key, p => string.Join(',', p)));
}
