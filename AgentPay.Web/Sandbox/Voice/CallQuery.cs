using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Sandbox.Voice;

// The validated filters and page of a request for the list of calls.
internal sealed class CallQuery
{
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 1000;
    private static readonly string[] Filters =
        ["To", "From", "ParentCallSid", "Status", "StartTime", "StartTime<", "StartTime>", "EndTime", "EndTime<", "EndTime>"];

    private readonly IQueryCollection _query;
    private readonly List<Func<Leg, bool>> _conditions = [];
    private readonly int _pageSize;
    private readonly int _page;
    private readonly string _token;

    public CallQuery(IQueryCollection query)
    {
        _query = query;
        _pageSize = Number("PageSize", DefaultPageSize, 1, MaxPageSize);
        _page = Number("Page", 0, 0, int.MaxValue / MaxPageSize);
        _token = query["PageToken"].ToString();
        if (_token.Length > 0 && !IsPageToken(_token)) throw InvalidParameter("PageToken");
        AddPropertyFilters();
        AddTimeFilters("StartTime", leg => CallResource.StartTime(leg));
        AddTimeFilters("EndTime", leg => leg.EndedAt);
    }

    // Takes the legs oldest first. Twilio lists calls newest first.
    public object Page(IEnumerable<Leg> legs)
    {
        var found = legs.Reverse().Where(leg => _conditions.TrueForAll(isMet => isMet(leg))).ToList();
        var first = Math.Min(FirstIndex(found), found.Count);
        var calls = found.Skip(first).Take(_pageSize).ToList();
        var more = first + calls.Count < found.Count;
        var start = _page * _pageSize;
        return new
        {
            FirstPageUri = Uri(0, null),
            End = Math.Max(start, start + calls.Count - 1),
            PreviousPageUri = _page > 0 ? Uri(_page - 1, calls.Count > 0 ? "PB" + calls[0].Sid : null) : null,
            Calls = calls.Select(CallResource.Of),
            Uri = Uri(_page, _token.Length > 0 ? _token : null),
            PageSize = _pageSize,
            Start = start,
            NextPageUri = more ? Uri(_page + 1, "PA" + calls[^1].Sid) : null,
            Page = _page,
        };
    }

    // A page token names the last or first call of a neighbouring page, so new calls do not shift the pages.
    // Without a token the page number counts.
    private int FirstIndex(List<Leg> found)
    {
        if (_token.Length == 0) return _page * _pageSize;
        var at = found.FindIndex(leg => leg.Sid == _token[2..]);
        if (at < 0) return _page * _pageSize;
        return _token.StartsWith("PA", StringComparison.Ordinal) ? at + 1 : Math.Max(at - _pageSize, 0);
    }

    private static bool IsPageToken(string text) => text.Length > 2 && text[..2] is "PA" or "PB" && Sid.Is("CA", text[2..]);

    private string Uri(int page, string? token)
    {
        var parameters = Filters
            .Where(_query.ContainsKey)
            .Select(name => KeyValuePair.Create(name, (string?)_query[name].ToString()))
            .ToList();
        parameters.Add(new("PageSize", CallParameters.Integer(_pageSize)));
        parameters.Add(new("Page", CallParameters.Integer(page)));
        if (token is not null) parameters.Add(new("PageToken", token));
        return QueryHelpers.AddQueryString(CallResource.Collection + ".json", parameters);
    }

    private void AddPropertyFilters()
    {
        if (Text("To") is { } to) _conditions.Add(leg => leg.To == to);
        if (Text("From") is { } from) _conditions.Add(leg => leg.From == from);
        if (Text("ParentCallSid") is { } parent) _conditions.Add(leg => leg.ParentSid == parent);
        if (Text("Status") is not { } word) return;
        if (!LegStatusNames.TryParse(word, out var status)) throw InvalidParameter("Status");
        _conditions.Add(leg => leg.Status == status);
    }

    private void AddTimeFilters(string name, Func<Leg, DateTimeOffset?> time)
    {
        if (Time(name) is { } on) _conditions.Add(leg => time(leg)?.UtcDateTime.Date == on.UtcDateTime.Date);
        if (Time(name + "<") is { } until) _conditions.Add(leg => time(leg) <= until);
        if (Time(name + ">") is { } since) _conditions.Add(leg => time(leg) >= since);
    }

    private DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        string[] formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];
        var isTime = DateTimeOffset.TryParseExact(
            text,
            formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time);
        return isTime ? time : throw InvalidParameter(name);
    }

    private string? Text(string name) => _query[name].ToString() is { Length: > 0 } text ? text : null;

    private int Number(string name, int defaultValue, int min, int max)
    {
        if (Text(name) is not { } text) return defaultValue;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min
            && number <= max;
        return isNumber ? number : throw InvalidParameter(name);
    }

    private static ApiError InvalidParameter(string parameter) => new(400, 20001, $"Parameter {parameter} is not valid");
}
