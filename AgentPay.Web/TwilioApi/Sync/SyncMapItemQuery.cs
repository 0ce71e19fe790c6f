namespace AgentPay.Web.TwilioApi;

public enum SyncOrder
{
    Asc,
    Desc,
}

/// <summary>Whether the item to start from is itself in the list.</summary>
public enum SyncBounds
{
    Inclusive,
    Exclusive,
}

/// <summary>Which items of a map to list, in the order of their keys.</summary>
public sealed record SyncMapItemQuery
{
    public SyncOrder? Order { get; init; }

    /// <summary>The key to start from.</summary>
    public string? From { get; init; }

    public SyncBounds? Bounds { get; init; }

    /// <summary>Items per request, 1 to 100; Twilio's default is 50.</summary>
    public int? PageSize { get; init; }

    internal FormFields ToQuery()
    {
        var query = new FormFields();
        query.Add("Order", Order);
        query.Add("From", From);
        query.Add("Bounds", Bounds);
        query.Add("PageSize", PageSize);
        return query;
    }
}
