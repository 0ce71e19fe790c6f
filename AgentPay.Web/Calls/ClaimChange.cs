using AgentPay.Web.Identity;

namespace AgentPay.Web.Calls;

// A change of the claim of a call. Apply returns the same call when the change is not allowed or was made before. OutcomeOf returns the
// outcome for the call that Apply returned.
internal sealed record ClaimChange(CallChange Apply, Func<Call, ClaimOutcome> OutcomeOf);

internal static class ClaimChanges
{
    // The call may be taken over from the agent with the principal name in "from"; null allows no takeover. A call that was transferred may
    // be taken over by any agent, and its former holder counts as the one who handed it over.
    public static ClaimChange Claim(CurrentUser agent, string? from) => new(
        known => known is not { HasEnded: false } || known.IsHeldBy(agent) ? known
            : known.IsOffered ? known.WithHolder(agent.PrincipalName, agent.Name) with
            {
                HandedOverBy = known.ClaimedBy,
                HandedOverByName = known.ClaimedByName,
            }
            : known.ClaimedBy is null || IsSame(known.ClaimedBy, from) ? known.WithHolder(agent.PrincipalName, agent.Name)
            : known,
        call => call.IsHeldBy(agent) ? new ClaimOutcome.Claimed(call) : new ClaimOutcome.HeldByAnother(call));

    public static ClaimChange Release(CurrentUser holder) => new(
        known => known is { HasEnded: false } && known.IsHeldBy(holder) ? known.WithHolder(null, null) : known,
        call => call.ClaimedBy is null ? new ClaimOutcome.Released(call) : new ClaimOutcome.HeldByAnother(call));

    public static ClaimChange HandOver(CurrentUser holder, Colleague to) => new(
        known => known is { HasEnded: false } && known.IsHeldBy(holder) && !IsSame(to.PrincipalName, holder.PrincipalName)
            ? known.WithHolder(to.PrincipalName, to.Name) with { HandedOverBy = holder.PrincipalName, HandedOverByName = holder.Name }
            : known,
        call => IsSame(call.ClaimedBy, to.PrincipalName) && IsSame(call.HandedOverBy, holder.PrincipalName)
            ? new ClaimOutcome.HandedOver(call)
            : call.ClaimedBy is null ? new ClaimOutcome.Released(call)
            : new ClaimOutcome.HeldByAnother(call));

    private static bool IsHeldBy(this Call call, CurrentUser agent) => IsSame(call.ClaimedBy, agent.PrincipalName);

    private static bool IsSame(string? agent, string? other) =>
        agent is not null && string.Equals(agent, other, StringComparison.OrdinalIgnoreCase);

    private static Call WithHolder(this Call call, string? agent, string? name) => call with
    {
        ClaimedBy = agent,
        ClaimedByName = name,
        HandedOverBy = null,
        HandedOverByName = null,
        ClaimNumber = call.ClaimNumber + 1,
    };
}
