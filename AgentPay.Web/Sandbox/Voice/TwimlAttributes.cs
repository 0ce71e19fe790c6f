using System.Globalization;
using System.Xml.Linq;

namespace AgentPay.Web.Sandbox.Voice;

// The attributes of one TwiML element, read as Twilio does: an unknown or invalid attribute causes a warning and is ignored.
internal sealed class TwimlAttributes
{
    private const int SchemaWarning = 12200;

    private readonly XElement _element;
    private readonly TwimlDocument _document;
    private readonly Leg _leg;

    public TwimlAttributes(XElement element, TwimlDocument document, Leg leg, params string[] known)
    {
        (_element, _document, _leg) = (element, document, leg);
        foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration && !known.Contains(a.Name.ToString())))
            leg.Alert(SchemaWarning, $"Attribute {attribute.Name} of {element.Name} is unknown or has no effect in the sandbox");
    }

    public string? Text(string name) => _element.Attribute(name)?.Value;

    public bool Flag(string name) => Text(name) switch
    {
        "true" => true,
        null or "false" => false,
        var invalid => WarnAndUse(name, invalid, SchemaWarning, false),
    };

    // A whole number, clamped to the range that Twilio allows.
    public int Number(string name, int defaultValue, int min, int max, int errorCode)
    {
        if (Text(name) is not { } text) return defaultValue;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, min, max)
            : WarnAndUse(name, text, errorCode, defaultValue);
    }

    public string Method(string name) => Text(name)?.ToUpperInvariant() switch
    {
        "GET" => "GET",
        null or "POST" => "POST",
        var invalid => WarnAndUse(name, invalid, SchemaWarning, "POST"),
    };

    // Returns an absolute URL, or null if there is none that Twilio can call.
    public string? Url(string name)
    {
        if (Text(name) is not { Length: > 0 } text) return null;
        return _document.Resolve(text) ?? WarnAndUse<string?>(name, text, 11100, null);
    }

    public IReadOnlySet<string> Values(string name, IReadOnlySet<string> defaultValue, params string[] known)
    {
        if (Text(name) is not { } text) return defaultValue;
        var values = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        foreach (var unknown in values.Except(known)) WarnAndUse(name, unknown, SchemaWarning, unknown);
        return values.Intersect(known).ToHashSet();
    }

    private T WarnAndUse<T>(string name, string value, int errorCode, T defaultValue)
    {
        var shown = value.Length > 100 ? value[..100] + "…" : value;
        _leg.Alert(errorCode, $"{_element.Name} ignores {name}=\"{shown}\"");
        return defaultValue;
    }
}
