using System.Globalization;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>The form of a Payments request. A blank value counts as absent; a parameter given twice is refused (64020), since either value might be meant.</summary>
public sealed class PayForm(IFormCollection form)
{
    /// <summary>The value as it was sent; null when absent or blank.</summary>
    public string? this[string name]
    {
        get
        {
            var values = form[name];
            if (values.Count > 1) throw Refusals.InvalidValue(name, "it is given more than once");
            var value = values.ToString();
            return string.IsNullOrWhiteSpace(value) ? null : value;
        }
    }

    /// <summary>Refused with 20001 when absent.</summary>
    public string Required(string name) => this[name] ?? throw Refusal.Missing(name);

    /// <summary>An absolute http or https URL (21205). In PCI mode, which Pay needs, callbacks are https; only this machine may be told over http.</summary>
    public string RequiredUrl(string name)
    {
        var text = Required(name);
        var isHttp = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        if (!isHttp && !text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) throw Refusals.InvalidUrl("it must be an absolute http or https URL");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)) throw Refusals.InvalidUrl("it cannot be parsed");
        if (isHttp && !url.IsLoopback) throw Refusals.InvalidUrl("PCI mode asks for https");
        return text;
    }

    public bool Flag(string name, bool otherwise)
    {
        if (this[name] is not { } text) return otherwise;
        return text.ToUpperInvariant() switch
        {
            "TRUE" => true,
            "FALSE" => false,
            _ => throw Refusals.InvalidValue(name, "it must be true or false"),
        };
    }

    public int? Number(string name, int least, int most)
    {
        if (this[name] is not { } text) return null;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return isNumber && number >= least && number <= most
            ? number
            : throw Refusals.InvalidValue(name, string.Create(CultureInfo.InvariantCulture, $"it must be a whole number from {least} to {most}"));
    }

    public string? OneOf(string name, params ReadOnlySpan<string> allowed)
    {
        var text = this[name];
        return text is null || allowed.Contains(text) ? text : throw Refusals.InvalidValue(name, $"it must be one of {string.Join(", ", allowed)}");
    }
}
