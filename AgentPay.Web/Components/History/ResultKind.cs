using AgentPay.Web.Components.Parts;
using AgentPay.Web.Payments;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.History;

/// <summary>How payments that are over are told apart at a glance.</summary>
public enum ResultKind
{
    Succeeded,
    Failed,
    Cancelled,
    Unknown,
}

/// <summary>The words, icons and colours of results, and how they stand in URLs.</summary>
public static class ResultKinds
{
    public static IReadOnlyList<ResultKind> All { get; } = Enum.GetValues<ResultKind>();

    public static ResultKind KindOf(HistoryRecord record) => record.Result switch
    {
        "success" => ResultKind.Succeeded,
        "transaction-cancelled" or "caller-interrupted-with-star" or "capture-window-over" => ResultKind.Cancelled,
        "unknown" => ResultKind.Unknown,
        _ => ResultKind.Failed,
    };

    /// <summary>One payment's own result, short.</summary>
    public static string WordOf(HistoryRecord record, IStringLocalizer<Words> words) => record.Result switch
    {
        "success" => words["Succeeded"],
        "transaction-cancelled" => words["Cancelled"],
        "caller-interrupted-with-star" => words["Cancelled by the caller"],
        "capture-window-over" => words["Timed out"],
        "payment-connector-error" => words["Declined"],
        "caller-hung-up" or "call-ended" => words["Call ended"],
        "not-started" => words["Not started"],
        "too-many-failed-attempts" => words["Too many attempts"],
        "unknown" => words["Unknown: to check"],
        _ => words["Failed"],
    };

    /// <summary>What the results of a kind have in common.</summary>
    public static string WordOf(ResultKind kind, IStringLocalizer<Words> words) => kind switch
    {
        ResultKind.Succeeded => words["Succeeded"],
        ResultKind.Cancelled => words["Cancelled"],
        ResultKind.Unknown => words["Unknown: to check"],
        _ => words["Declined or failed"],
    };

    public static Tone ToneOf(ResultKind kind) => kind switch
    {
        ResultKind.Succeeded => Tone.Good,
        ResultKind.Failed => Tone.Bad,
        ResultKind.Unknown => Tone.Caution,
        _ => Tone.Quiet,
    };

    /// <summary>As it stands in URLs.</summary>
    public static string NameOf(ResultKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Nothing, and what is no result, stand for all of them.</summary>
    public static ResultKind? Read(string? name) => All.Where(kind => NameOf(kind) == name).Cast<ResultKind?>().FirstOrDefault();
}
