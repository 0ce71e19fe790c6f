namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>Collects what was measured for each aim, for the table at the end.</summary>
internal sealed class Aims
{
    private readonly List<(string What, string Aim, double Measured, bool IsMet)> _rows = [];

    public void AtLeast(string what, double aim, double measured) => _rows.Add((what, $"≥ {Table.Text(aim)}", measured, measured >= aim));

    public void AtMost(string what, double aim, double measured) => _rows.Add((what, $"≤ {Table.Text(aim)}", measured, measured <= aim));

    public void Print()
    {
        var table = new Table("what", "aim", "measured", "met");
        foreach (var (what, aim, measured, isMet) in _rows) table.Add(what, aim, measured, isMet ? "yes" : "no");
    }
}
