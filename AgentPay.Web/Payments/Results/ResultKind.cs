namespace AgentPay.Web.Payments;

/// <summary>Whether the customer was charged. The names are used in addresses and exports.</summary>
public enum ResultKind
{
    Succeeded,
    Failed,
    Cancelled,

    /// <summary>The gateway may or may not have charged the card: a supervisor has to check it.</summary>
    Unknown,
}

/// <summary>Names and labels of <see cref="ResultKind"/>, for addresses, exports and screens.</summary>
public static class ResultKinds
{
    public static IReadOnlyList<ResultKind> All { get; } = Enum.GetValues<ResultKind>();

    public static string NameOf(ResultKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Returns the kind of a name; null, which means all results, when no kind has the name.</summary>
    public static ResultKind? Read(string? name) =>
        All.Where(kind => NameOf(kind) == name).Cast<ResultKind?>().FirstOrDefault();

    /// <summary>Returns the label of the kind on screens, a key of the localizer.</summary>
    public static string LabelOf(ResultKind kind) => kind switch
    {
        ResultKind.Succeeded => "Succeeded",
        ResultKind.Cancelled => "Cancelled",
        ResultKind.Unknown => "Needs checking",
        _ => "Declined or failed",
    };
}
