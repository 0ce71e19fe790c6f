using System.Globalization;
using System.Text;

namespace AgentPay.Web.Sandbox.Sync;

/// <summary>The parameters of a request, each checked as Sync checks it. Of a parameter that is given twice, the first counts.</summary>
public sealed class SyncForm(IFormCollection form)
{
    private const int LongestName = 320;
    private const int LongestTtl = 31_536_000;

    /// <summary>Null when it is not given.</summary>
    public string? Text(string name) => form.TryGetValue(name, out var values) && values.Count > 0 ? values[0] ?? "" : null;

    public string? UniqueName()
    {
        var name = Text("UniqueName");
        return name is null || IsName(name) ? name : throw new Refusal(400, 54302, "Invalid unique name");
    }

    public string Key() =>
        Text("Key") is { } key && IsName(key) ? key : throw new Refusal(400, 54209, "Invalid map item key");

    /// <summary>The JSON in <c>Data</c>; null when it is not given.</summary>
    public RawJson? Data(ObjectKind kind)
    {
        if (Text("Data") is not { } text) return null;
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (utf8.Length > kind.LargestData) throw new Refusal(413, 54006, $"Request entity is too large: Data has {utf8.Length} bytes, and {kind.LargestData} are allowed");
        var json = RawJson.Parse(utf8) ?? throw new Refusal(400, 54008, "Cannot parse JSON in Data");
        return json.IsObject ? json : throw new Refusal(400, kind.DataInvalid, "Data must be a JSON object");
    }

    /// <summary>A time to live in seconds, from the first of the names that is given; null when none is.</summary>
    public int? Ttl(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(name) is not { } text) continue;
            var fits = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ttl) && ttl <= LongestTtl;
            return fits ? ttl : throw new Refusal(400, 54011, $"Invalid TTL: {name} is a number of seconds from 0 to {LongestTtl}");
        }
        return null;
    }

    /// <summary>Null when it is not given.</summary>
    public bool? Flag(string name)
    {
        if (Text(name) is not { } text) return null;
        return bool.TryParse(text, out var flag) ? flag : throw Invalid(name, "must be true or false");
    }

    public bool RequiredFlag(string name) => Flag(name) ?? throw Refusal.Missing(name);

    public int? Number(string name, int least, int most)
    {
        if (Text(name) is not { } text) return null;
        var fits = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;
        return fits ? number : throw Invalid(name, $"must be a number from {least} to {most}");
    }

    /// <summary>A NUL could be stored, but no URL could address it.</summary>
    private static bool IsName(string text) => text.Length is > 0 and <= LongestName && !text.Contains('\0');

    private static Refusal Invalid(string name, string why) => new(400, 20001, $"Invalid parameter: {name} {why}");
}
