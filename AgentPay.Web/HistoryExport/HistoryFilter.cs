using AgentPay.Web.CardData;
using AgentPay.Web.HistoryExport;
using AgentPay.Web.Payments;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.HistoryExport;

/// <summary>Selects payments of a day. A null property selects all.</summary>
/// <param name="Agent">A principal name.</param>
public sealed record HistoryFilter(ResultKind? Result = null, string? Text = null, string? Agent = null)
{
    /// <summary>The path of the export, relative to the base.</summary>
    public const string ExportPath = "history/export";

    /// <summary>The filter in a page's address.</summary>
    public IReadOnlyDictionary<string, string?> Query => new Dictionary<string, string?>
    {
        ["result"] = Result is { } kind ? ResultKinds.NameOf(kind) : null,
        ["text"] = Text,
        ["agent"] = Agent,
    };

    /// <summary>The address of the export of these payments, relative to the base.</summary>
    public string ExportUrl(HistoryDay day)
    {
        var query = new Dictionary<string, string?> { ["day"] = day.Name, ["zone"] = day.Zone.Id }.Concat(Query);
        return QueryHelpers.AddQueryString(ExportPath, query.Where(parameter => parameter.Value is not null));
    }

    /// <summary>Reads a filter from an address. A card number in the text is masked, so that no address holds one.</summary>
    public static HistoryFilter Read(string? result, string? text, string? agent) =>
        new(ResultKinds.Read(result), Clean(text) is { } search ? CardNumbers.Mask(search) : null, Clean(agent));

    public IReadOnlyList<HistoryRecord> Of(IEnumerable<HistoryRecord> records) => [.. records.Where(Matches)];

    public bool Matches(HistoryRecord record) =>
        (Result is null || PaymentResult.Of(record).Kind == Result)
        && (Agent is null || record.Agent.Equals(Agent, StringComparison.OrdinalIgnoreCase))
        && (Text is null || Searched(record).Any(text => text?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true));

    private static IEnumerable<string?> Searched(HistoryRecord record) =>
    [
        record.Reference, record.Call.ToString(), record.Payment?.ToString(), record.Uui, record.Id.ToString(),
        record.Confirmation, record.Token, record.ProfileId, record.LastFour, record.Profile, record.Closing?.Reference,
    ];

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
