namespace AgentPay.Web.Payments;

/// <summary>What a result means for the money. The names are part of addresses and exports.</summary>
public enum ResultKind
{
    Succeeded,
    Failed,
    Cancelled,

    /// <summary>The gateway may or may not have charged the card: a supervisor has to check it.</summary>
    Unknown,
}

/// <summary>The names of <see cref="ResultKind"/> in addresses and exports, and on screens.</summary>
public static class ResultKinds
{
    public static IReadOnlyList<ResultKind> All { get; } = Enum.GetValues<ResultKind>();

    public static string NameOf(ResultKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Null, which means all results, for a name that no kind has.</summary>
    public static ResultKind? Read(string? name) => All.Where(kind => NameOf(kind) == name).Cast<ResultKind?>().FirstOrDefault();

    /// <summary>The kind on screens, a key of the localizer.</summary>
    public static string LabelOf(ResultKind kind) => kind switch
    {
        ResultKind.Succeeded => "Succeeded",
        ResultKind.Cancelled => "Cancelled",
        ResultKind.Unknown => "Needs checking",
        _ => "Declined or failed",
    };
}
