using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AgentPay.Web.Sandbox.Sync;

// Reads and writes pages of lists: twilio.com/docs/usage/twilios-response#pagination.
public static class Paging
{
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 100;
    private const char Forward = 'n';
    private const char Back = 'p';

    public static PageQuery ReadPage(this IQueryCollection query, ListPosition? from = null, bool descending = false)
    {
        var size = Number(query, "PageSize", DefaultPageSize) is { } given and >= 1 and <= MaxPageSize
            ? given
            : throw new ApiError(400, 54454, $"Invalid page size: PageSize is a number from 1 to {MaxPageSize}");
        var number = Number(query, "Page", 0) ?? throw InvalidToken();
        var (direction, key) = ReadToken(query);
        return new(size, number, from, descending, direction == Forward ? key : null, direction == Back ? key : null);
    }

    // name: the name of the list in the response. url: the URL of the list without a query. order: the query parameters that select and
    // sort the entries.
    public static SyncResponse Answer<T>(
        string name,
        string url,
        Page<T> page,
        PageQuery query,
        Func<T, object> body,
        params IEnumerable<KeyValuePair<string, string>> order)
        where T : IListEntry
    {
        var entries = page.Entries;
        var filter = string.Concat(order.Select(o => $"{o.Key}={Uri.EscapeDataString(o.Value)}&"));
        var start = $"{url}?{filter}PageSize={query.Size}&Page=";
        var token = query.After is { } after ? Token(Forward, after) : query.Before is { } before ? Token(Back, before) : "";
        var meta = new
        {
            FirstPageUrl = $"{start}0",
            NextPageUrl = page.HasNext ? $"{start}{query.Number + 1L}{Token(Forward, entries[^1].Key)}" : null,
            PreviousPageUrl = page.HasPrevious ? $"{start}{Math.Max(query.Number - 1, 0)}{Token(Back, entries[0].Key)}" : null,
            Url = $"{start}{query.Number}{token}",
            Page = query.Number,
            PageSize = query.Size,
            Key = name,
        };
        return new(StatusCodes.Status200OK, new Dictionary<string, object> { [name] = entries.Select(body).ToList(), ["meta"] = meta });
    }

    private static string Token(char direction, string key) =>
        $"&PageToken={direction}{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key))}";

    private static (char Direction, string? Key) ReadToken(IQueryCollection query)
    {
        if (!query.TryGetValue("PageToken", out var values)) return (default, null);
        if (values[0] is not [Forward or Back, .. var encoded] || !Base64Url.IsValid(encoded)) throw InvalidToken();
        return (values[0]![0], Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded)));
    }

    // Returns null if the value is not a number.
    private static int? Number(IQueryCollection query, string name, int defaultValue)
    {
        if (!query.TryGetValue(name, out var values)) return defaultValue;
        return int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static ApiError InvalidToken() => new(400, 54453, "Invalid page token");
}
