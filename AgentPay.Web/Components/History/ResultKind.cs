using AgentPay.Web.Components.Parts;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Payments;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.History;

/// <summary>Groups of results of finished payments. The names are part of addresses and exports.</summary>
public enum ResultKind
{
    Succeeded,
    Failed,
    Cancelled,

    /// <summary>It is not certain whether the customer was charged: check the gateway.</summary>
    Unknown,
}

/// <summary>Groups results, and names them.</summary>
public static class ResultKinds
{
    public static IReadOnlyList<ResultKind> All { get; } = Enum.GetValues<ResultKind>();

    public static ResultKind KindOf(HistoryRecord record) => record.Result switch
    {
        "success" => ResultKind.Succeeded,
        "transaction-cancelled" or "caller-interrupted-with-star" or "capture-window-over" => ResultKind.Cancelled,
        "unknown" => ResultKind.Unknown,
        // The payment panel's table decides, so that the history shows no uncertain outcome as declined.
        _ => OutcomeWords.NeedsChecking(OutcomeOf(record)) ? ResultKind.Unknown : ResultKind.Failed,
    };

    /// <summary>The result of one payment, short.</summary>
    public static string WordOf(HistoryRecord record, IStringLocalizer<Words> words) => (KindOf(record), record.Result) switch
    {
        (ResultKind.Unknown, _) => words["Needs checking"],
        (ResultKind.Succeeded, _) => record.Amount is null ? words["Card saved"] : words["Succeeded"],
        (_, "transaction-cancelled") => words["Cancelled"],
        (_, "caller-interrupted-with-star") => words["Cancelled by the caller"],
        (_, "capture-window-over") => words["Timed out"],
        (_, "payment-connector-error") => words["Declined"],
        (_, "caller-hung-up") => words["Call ended"],
        (_, "not-started") => words["Not started"],
        (_, "too-many-failed-attempts") => words["Too many attempts"],
        _ => words["Failed"],
    };

    /// <summary>The name of a group of results.</summary>
    public static string WordOf(ResultKind kind, IStringLocalizer<Words> words) => kind switch
    {
        ResultKind.Succeeded => words["Succeeded"],
        ResultKind.Cancelled => words["Cancelled"],
        ResultKind.Unknown => words["Needs checking"],
        _ => words["Declined or failed"],
    };

    public static Tone ToneOf(ResultKind kind) => kind switch
    {
        ResultKind.Succeeded => Tone.Good,
        ResultKind.Failed => Tone.Bad,
        ResultKind.Unknown => Tone.Caution,
        _ => Tone.Quiet,
    };

    public static string NameOf(ResultKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Null, which means all results, for a name that no group has.</summary>
    public static ResultKind? Read(string? name) => All.Where(kind => NameOf(kind) == name).Cast<ResultKind?>().FirstOrDefault();

    private static PaymentOutcome OutcomeOf(HistoryRecord record) => new(record.Result, record.Code, ConnectorError: record.ConnectorError);
}
