using AgentPay.Web.CardData;
using AgentPay.Web.Payments;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.HistoryExport;

/// <summary>Selects payments by result, text and agent. A null property matches all payments.</summary>
/// <param name="Agent">A principal name.</param>
public sealed record HistoryFilter(ResultKind? Result = null, string? Text = null, string? Agent = null)
{
    /// <summary>The path of the export, relative to the base URL.</summary>
    public const string ExportPath = "history/export";

    /// <summary>The query parameters of the filter in a URL.</summary>
    public IReadOnlyDictionary<string, string?> Query => new Dictionary<string, string?>
    {
        ["result"] = Result is { } kind ? ResultKinds.NameOf(kind) : null,
        ["text"] = Text,
        ["agent"] = Agent,
    };

    /// <summary>Returns the URL of the export of these payments, relative to the base URL.</summary>
    public string ExportUrl(HistoryDay day)
    {
        var query = new Dictionary<string, string?> { ["day"] = day.Name, ["zone"] = day.Zone.Id }.Concat(Query);
        return QueryHelpers.AddQueryString(ExportPath, query.Where(parameter => parameter.Value is not null));
    }

    /// <summary>Reads a filter from query parameters. Masks card numbers in the text, so no URL contains one.</summary>
    public static HistoryFilter Read(string? result, string? text, string? agent) =>
        new(ResultKinds.Read(result), Clean(text) is { } search ? CardNumbers.Mask(search) : null, Clean(agent));

    public IReadOnlyList<HistoryRecord> Of(IEnumerable<HistoryRecord> records) => [.. records.Where(Matches)];

    public bool Matches(HistoryRecord record) =>
        (Result is null || PaymentResult.Of(record).Kind == Result)
        && (Agent is null || record.Agent.Equals(Agent, StringComparison.OrdinalIgnoreCase))
        && (Text is null || SearchedFields(record).Any(text => text?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true));

    private static IEnumerable<string?> SearchedFields(HistoryRecord record) =>
    [
        record.Reference, record.Call.ToString(), record.Payment?.ToString(), record.Uui, record.Id.ToString(),
        record.Confirmation, record.Token, record.ProfileId, record.LastFour, record.Profile, record.Closing?.Reference,
    ];

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
