namespace AgentPay.Web.Calls;

/// <summary>A snapshot of the calls that this instance knows.</summary>
/// <param name="Version">Increases with each change. Comparable only within one instance.</param>
/// <param name="All">Newest first, including calls that ended recently.</param>
public sealed record CallList(long Version, IReadOnlyList<Call> All)
{
    public IEnumerable<Call> Live => All.Where(call => !call.HasEnded);
}
