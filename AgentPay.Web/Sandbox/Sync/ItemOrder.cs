namespace AgentPay.Web.Sandbox.Sync;

// The query parameters Order, From and Bounds. Items are ordered by key (ordinal) or by index.
internal sealed record ItemOrder(string Order, string? From, string Bounds)
{
    public static ItemOrder Read(IQueryCollection query)
    {
        var order = First(query, "Order") ?? "asc";
        if (order is not ("asc" or "desc")) throw new ApiError(400, 54451, "Invalid order: Order is asc or desc");
        var bounds = First(query, "Bounds") ?? "inclusive";
        if (bounds is not ("inclusive" or "exclusive")) throw new ApiError(400, 54452, "Invalid bounds: Bounds is inclusive or exclusive");
        return new(order, First(query, "From"), bounds);
    }

    public IEnumerable<KeyValuePair<string, string>> Parameters()
    {
        if (From is not null) yield return new("From", From);
        yield return new("Order", Order);
        yield return new("Bounds", Bounds);
    }

    private static string? First(IQueryCollection query, string name) => query.TryGetValue(name, out var values) ? values[0] : null;
}
