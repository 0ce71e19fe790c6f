using System.Globalization;
using System.Xml.Linq;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>The attributes of one TwiML element, read as Twilio does: one that is unknown or wrong is a warning, and the default counts.</summary>
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
        var other => Ignore(name, other, SchemaWarning, false),
    };

    /// <summary>A whole number, moved into the range that Twilio allows.</summary>
    public int Number(string name, int fallback, int least, int most, int errorCode)
    {
        if (Text(name) is not { } text) return fallback;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, least, most)
            : Ignore(name, text, errorCode, fallback);
    }

    /// <summary>GET or POST; POST unless it says otherwise.</summary>
    public string Method(string name) => Text(name)?.ToUpperInvariant() switch
    {
        "GET" => "GET",
        null or "POST" => "POST",
        var other => Ignore(name, other, SchemaWarning, "POST"),
    };

    /// <summary>An absolute URL; null when there is none, or none that Twilio would call.</summary>
    public string? Url(string name)
    {
        if (Text(name) is not { Length: > 0 } text) return null;
        return _document.Resolve(text) ?? Ignore<string?>(name, text, 11100, null);
    }

    public IReadOnlySet<string> Words(string name, IReadOnlySet<string> fallback, params string[] known)
    {
        if (Text(name) is not { } text) return fallback;
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        foreach (var unknown in words.Except(known)) Ignore(name, unknown, SchemaWarning, unknown);
        return words.Intersect(known).ToHashSet();
    }

    private T Ignore<T>(string name, string value, int errorCode, T fallback)
    {
        var shown = value.Length > 100 ? value[..100] + "…" : value;
        _leg.Alert(errorCode, $"{_element.Name} has no use for {name}=\"{shown}\"");
        return fallback;
    }
}
