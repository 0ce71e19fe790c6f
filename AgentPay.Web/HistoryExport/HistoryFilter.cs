using AgentPay.Web.CardData;
using AgentPay.Web.Payments;

namespace AgentPay.Web.HistoryExport;

/// <summary>Selects payments by result, text and agent. A null property matches all payments.</summary>
/// <param name="Agent">A principal name.</param>
public sealed record HistoryFilter(ResultKind? Result = null, string? Text = null, string? Agent = null)
{
    /// <summary>The query parameters of the filter in a URL.</summary>
    public IReadOnlyDictionary<string, string?> Query => new Dictionary<string, string?>
    {
        ["result"] = Result is { } kind ? ResultKinds.NameOf(kind) : null,
        ["text"] = Text,
        ["agent"] = Agent,
    };

    /// <summary>Reads a filter from query parameters. Masks card numbers in the text, so no URL contains one.</summary>
    public static HistoryFilter Read(string? result, string? text, string? agent) =>
        new(ResultKinds.Read(result), Clean(text) is { } search ? CardNumbers.Mask(search) : null, Clean(agent));

    public bool Matches(HistoryRecord record) => ToPredicate()(record);

    /// <summary>Reads the text once. Amounts are read in the current culture.</summary>
    public Func<HistoryRecord, bool> ToPredicate()
    {
        var search = Text is null ? null : new HistorySearch(Text);
        return record => (Result is null || PaymentResult.Of(record).Kind == Result)
            && (Agent is null || record.Agent.Equals(Agent, StringComparison.OrdinalIgnoreCase))
            && (search is null || search.Matches(record));
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
