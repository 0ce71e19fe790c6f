using System.Globalization;
using System.Text;

namespace AgentPay.Web.Sandbox.Sync;

// The parameters of a request, validated as Sync does. If a parameter is given twice, the first value counts.
public sealed class SyncForm(IFormCollection form)
{
    private const int MaxNameLength = 320;
    private const int MaxTtlSeconds = 31_536_000;

    // Returns null if the parameter is absent.
    public string? Text(string name) => form.TryGetValue(name, out var values) && values.Count > 0 ? values[0] ?? "" : null;

    public string? UniqueName()
    {
        var name = Text("UniqueName");
        return name is null || IsName(name) ? name : throw new ApiError(400, 54302, "Invalid unique name");
    }

    public string Key() =>
        Text("Key") is { } key && IsName(key) ? key : throw new ApiError(400, 54209, "Invalid map item key");

    // Returns null if Data is absent.
    public RawJson? Data(ObjectKind kind)
    {
        if (Text("Data") is not { } text) return null;
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (utf8.Length > kind.MaxDataBytes)
        {
            var sizes = $"Data has {utf8.Length} bytes, and {kind.MaxDataBytes} are allowed";
            throw new ApiError(413, 54006, $"Request entity is too large: {sizes}");
        }
        var json = RawJson.Parse(utf8) ?? throw new ApiError(400, 54008, "Cannot parse JSON in Data");
        return json.IsObject ? json : throw new ApiError(400, kind.DataInvalid, "Data must be a JSON object");
    }

    // Returns a time to live in seconds from the first of the names that is present, or null if none is.
    public int? Ttl(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(name) is not { } text) continue;
            var isValid = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ttl) && ttl <= MaxTtlSeconds;
            return isValid ? ttl : throw new ApiError(400, 54011, $"Invalid TTL: {name} is a number of seconds from 0 to {MaxTtlSeconds}");
        }
        return null;
    }

    public bool? Flag(string name)
    {
        if (Text(name) is not { } text) return null;
        return bool.TryParse(text, out var flag) ? flag : throw Invalid(name, "must be true or false");
    }

    public bool RequiredFlag(string name) => Flag(name) ?? throw ApiError.Missing(name);

    public int? Number(string name, int min, int max)
    {
        if (Text(name) is not { } text) return null;
        var isValid = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max;
        return isValid ? number : throw Invalid(name, $"must be a number from {min} to {max}");
    }

    // A name with a NUL character could be stored, but no URL could address it.
    private static bool IsName(string text) => text.Length is > 0 and <= MaxNameLength && !text.Contains('\0');

    private static ApiError Invalid(string name, string why) => new(400, 20001, $"Invalid parameter: {name} {why}");
}
