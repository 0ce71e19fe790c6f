using System.Globalization;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>Prints the rows of a Markdown table as they are measured.</summary>
internal sealed class Table
{
    private readonly int _columns;

    public Table(params string[] heads)
    {
        _columns = heads.Length;
        Print(heads);
        Print([.. heads.Select(_ => "---")]);
    }

    /// <summary>Numbers are printed with three significant digits, or as integers from 100 on.</summary>
    public void Add(params object[] cells)
    {
        if (cells.Length != _columns) throw new ArgumentException($"The table has {_columns} columns, not {cells.Length}", nameof(cells));
        Print([.. cells.Select(Text)]);
    }

    internal static string Text(object cell) => cell switch
    {
        double number when Math.Abs(number) >= 100 => number.ToString("N0", CultureInfo.InvariantCulture),
        double number => number.ToString("G3", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(cell is int ? "N0" : null, CultureInfo.InvariantCulture),
        _ => cell.ToString()!,
    };

    private static void Print(string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
