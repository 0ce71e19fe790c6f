namespace AgentPay.Web.Calls;

/// <summary>The calls that this instance knows of, at one moment.</summary>
/// <param name="Version">Grows with every change, on this instance alone.</param>
/// <param name="All">Newest first, with those that have ended not long ago.</param>
public sealed record CallList(long Version, IReadOnlyList<Call> All)
{
    public IEnumerable<Call> Live => All.Where(call => !call.HasEnded);
}
