using System.Globalization;

namespace AgentPay.Web.Sandbox.Pay;

// The form of a Payments request. A blank value counts as absent. A parameter that is given twice gives error 64020.
public sealed class PayForm(IFormCollection form)
{
    public string? this[string name]
    {
        get
        {
            var values = form[name];
            if (values.Count > 1) throw PayErrors.InvalidValue(name, "it is given more than once");
            var value = values.ToString();
            return string.IsNullOrWhiteSpace(value) ? null : value;
        }
    }

    // Throws 20001 if the parameter is absent.
    public string Required(string name) => this[name] ?? throw ApiError.Missing(name);

    // Requires an absolute http or https URL (21205). Pay needs PCI mode, and PCI mode needs https.
    // Plain http is allowed only for this machine.
    public string RequiredUrl(string name)
    {
        var text = Required(name);
        var isHttp = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        var isHttps = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!isHttp && !isHttps) throw PayErrors.InvalidUrl("it must be an absolute http or https URL");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)) throw PayErrors.InvalidUrl("it cannot be parsed");
        if (isHttp && !url.IsLoopback) throw PayErrors.InvalidUrl("PCI mode requires https");
        return text;
    }

    public bool Flag(string name, bool defaultValue)
    {
        if (this[name] is not { } text) return defaultValue;
        return text.ToUpperInvariant() switch
        {
            "TRUE" => true,
            "FALSE" => false,
            _ => throw PayErrors.InvalidValue(name, "it must be true or false"),
        };
    }

    public int? Number(string name, int min, int max)
    {
        if (this[name] is not { } text) return null;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (isNumber && number >= min && number <= max) return number;
        var reason = string.Create(CultureInfo.InvariantCulture, $"it must be a whole number from {min} to {max}");
        throw PayErrors.InvalidValue(name, reason);
    }

    public string? OneOf(string name, params ReadOnlySpan<string> allowed)
    {
        var text = this[name];
        if (text is null || allowed.Contains(text)) return text;
        throw PayErrors.InvalidValue(name, $"it must be one of {string.Join(", ", allowed)}");
    }
}
