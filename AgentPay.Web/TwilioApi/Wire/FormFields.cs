using AgentPay.Web.PaymentTypes;
using System.Globalization;

namespace AgentPay.Web.TwilioApi;

/// <summary>The parameters of a request, in the order they were added, written the same in every culture. A null is not sent at all.</summary>
internal sealed class FormFields
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    public IReadOnlyList<KeyValuePair<string, string>> All => _fields;

    public void Add(string name, string? value)
    {
        if (value is not null) _fields.Add(new(name, value));
    }

    public void Add(string name, bool? value) => Add(name, value is { } flag ? flag ? "true" : "false" : null);

    public void Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, DateOnly? value) => Add(name, value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public void Add(string name, HttpMethod? value) => Add(name, value?.Method);

    public void Add<TEnum>(string name, TEnum? value) where TEnum : struct, Enum => Add(name, value is { } member ? WireName.Of(member) : null);

    /// <summary>Whole seconds, rounded up: a fraction of a second must not become zero, which means "never" to Sync.</summary>
    public void AddSeconds(string name, TimeSpan? value) => Add(name, value is { } span ? (int)Math.Ceiling(span.TotalSeconds) : null);

    public void AddMilliseconds(string name, TimeSpan? value) => Add(name, value is { } span ? (int)Math.Ceiling(span.TotalMilliseconds) : null);

    /// <exception cref="ArgumentException">The value is missing or empty.</exception>
    public void Require(string name, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        Add(name, value);
    }

    /// <summary>As in the query of a URL, and in the body of a form.</summary>
    public override string ToString() =>
        string.Join('&', _fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
}
