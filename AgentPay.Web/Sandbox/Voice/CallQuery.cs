using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>Filters and page of a request for the list of calls, checked.</summary>
internal sealed class CallQuery
{
    private const int DefaultPageSize = 50;
    private const int MostPageSize = 1000;
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
        _pageSize = Number("PageSize", DefaultPageSize, 1, MostPageSize);
        _page = Number("Page", 0, 0, int.MaxValue / MostPageSize);
        _token = query["PageToken"].ToString();
        if (_token.Length > 0 && !(_token.Length > 2 && _token[..2] is "PA" or "PB" && Sid.Is("CA", _token[2..]))) throw Wrong("PageToken");
        AddParties();
        AddTimes("StartTime", leg => CallResource.StartTime(leg));
        AddTimes("EndTime", leg => leg.EndedAt);
    }

    /// <param name="legs">Oldest first.</param>
    public object Page(IEnumerable<Leg> legs)
    {
        var found = legs.Reverse().Where(leg => _conditions.TrueForAll(fits => fits(leg))).ToList();
        var first = Math.Min(First(found), found.Count);
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

    /// <summary>After or before the call that the token names, so that new calls do not shift the pages; by number without a token.</summary>
    private int First(List<Leg> found)
    {
        if (_token.Length == 0) return _page * _pageSize;
        var at = found.FindIndex(leg => leg.Sid == _token[2..]);
        if (at < 0) return _page * _pageSize;
        return _token.StartsWith("PA", StringComparison.Ordinal) ? at + 1 : Math.Max(at - _pageSize, 0);
    }

    private string Uri(int page, string? token)
    {
        var parameters = Filters.Where(_query.ContainsKey).Select(name => KeyValuePair.Create(name, (string?)_query[name].ToString())).ToList();
        parameters.Add(new("PageSize", CallParameters.Whole(_pageSize)));
        parameters.Add(new("Page", CallParameters.Whole(page)));
        if (token is not null) parameters.Add(new("PageToken", token));
        return QueryHelpers.AddQueryString(CallResource.Collection + ".json", parameters);
    }

    private void AddParties()
    {
        if (Text("To") is { } to) _conditions.Add(leg => leg.To == to);
        if (Text("From") is { } from) _conditions.Add(leg => leg.From == from);
        if (Text("ParentCallSid") is { } parent) _conditions.Add(leg => leg.ParentSid == parent);
        if (Text("Status") is not { } word) return;
        if (!LegStatusWords.TryParse(word, out var status)) throw Wrong("Status");
        _conditions.Add(leg => leg.Status == status);
    }

    private void AddTimes(string name, Func<Leg, DateTimeOffset?> time)
    {
        if (Time(name) is { } on) _conditions.Add(leg => time(leg)?.UtcDateTime.Date == on.UtcDateTime.Date);
        if (Time(name + "<") is { } until) _conditions.Add(leg => time(leg) <= until);
        if (Time(name + ">") is { } since) _conditions.Add(leg => time(leg) >= since);
    }

    private DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        string[] forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];
        return DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : throw Wrong(name);
    }

    private string? Text(string name) => _query[name].ToString() is { Length: > 0 } text ? text : null;

    private int Number(string name, int fallback, int least, int most)
    {
        if (Text(name) is not { } text) return fallback;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;
        return isNumber ? number : throw Wrong(name);
    }

    private static Refusal Wrong(string parameter) => new(400, 20001, $"Parameter {parameter} is not valid");
}
