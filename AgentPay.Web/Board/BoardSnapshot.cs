namespace AgentPay.Web.Board;

/// <summary>All that the board shows. Published in a <c>LiveFeed</c> under <see cref="Key"/>.</summary>
/// <param name="Version">Increases with each change. Comparable only within one instance.</param>
/// <param name="Rows">In the order of the screen.</param>
/// <param name="Results">
/// The results of the last 25 hours or more; null until the history has been read. A new list when one changes.
/// </param>
public sealed record BoardSnapshot(long Version, IReadOnlyList<BoardRow> Rows, IReadOnlyList<BoardResult>? Results)
{
    public const string Key = "board";
}
