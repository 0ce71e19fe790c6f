using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Control;

// A leg as the control API shows it. It does not contain the keys that were pressed. Recording lists the statuses of the
// newest recording, oldest first; null if there was none. Requests is null unless a single leg was requested.
internal sealed record CallReport(
    string Sid, string? ParentSid, IReadOnlyList<string> Children, string Direction, string From, string To, string Status,
    DateTimeOffset CreatedAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, IReadOnlyList<string> Said,
    IReadOnlyDictionary<string, string> SipHeaders, IReadOnlyList<Alert> Alerts, IReadOnlyList<string>? Recording,
    IReadOnlyList<RequestReport>? Requests)
{
    public static CallReport Of(Leg leg, Legs legs) => Of(leg, [.. legs.ChildrenOf(leg).Select(l => l.Sid)]);

    public static CallReport WithRequests(Leg leg, Legs legs) =>
        Of(leg, legs) with { Requests = [.. leg.Log.Requests.Select(RequestReport.Of)] };

    // Newest first.
    public static IEnumerable<CallReport> OfAll(Legs legs)
    {
        var all = legs.All;
        var children = all.Where(l => l.ParentSid is not null).ToLookup(l => l.ParentSid!, l => l.Sid);
        return all.Reverse().Select(leg => Of(leg, [.. children[leg.Sid]]));
    }

    private static CallReport Of(Leg leg, IReadOnlyList<string> children) => new(
        leg.Sid, leg.ParentSid, children, leg.Direction, leg.From, leg.To, leg.Status.ToName(),
        leg.CreatedAt, leg.AnsweredAt, leg.EndedAt, leg.Said, leg.SipHeaders, leg.Log.Alerts, leg.Recording?.History, null);
}

// A webhook request as the request inspector of Twilio's debugger shows it.
internal sealed record RequestReport(
    DateTimeOffset At, string Url, string Method, int? Status, int? ErrorCode, int Tries, IReadOnlyDictionary<string, string> Parameters)
{
    public static RequestReport Of(RequestTrace trace) => new(
        trace.At, trace.Url, trace.Method, trace.Status, trace.ErrorCode, trace.Tries,
        trace.Parameters.GroupBy(p => p.Key, p => p.Value).ToDictionary(p => p.Key, p => string.Join(',', p)));
}
