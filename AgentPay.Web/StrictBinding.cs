using System.Collections;
using System.Reflection;

namespace AgentPay.Web;

/// <summary>
/// Binds a section to an options object, and reports each value that cannot be parsed and each unknown key. The framework's binder drops a
/// whole list item for one such value, and ignores unknown keys. Supports the types of <see cref="SettingText"/>, lists of objects, and
/// dictionaries with string keys.
/// </summary>
/// <param name="failures">Receives a message for each failure, with the key, the value and the accepted values.</param>
internal sealed class StrictBinding(List<string> failures)
{
    public void Bind(IConfigurationSection section, object target)
    {
        var properties = target.GetType().GetProperties()
            .Where(property => property.CanWrite)
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        if (section.Value is { Length: > 0 } text) Fail(section, $"is '{text}', and must be a section", properties.Keys);
        foreach (var child in section.GetChildren())
        {
            if (properties.TryGetValue(child.Key, out var property)) Bind(child, target, property);
            else Fail(child, child.Value is { } value ? $"is '{value}', and is not a setting" : "is not a setting", properties.Keys);
        }
    }

    private void Bind(IConfigurationSection section, object target, PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (property.GetValue(target) is IDictionary entries) BindEntries(section, entries, type.GetGenericArguments()[1]);
        else if (property.GetValue(target) is IList items) BindItems(section, items, type.GetGenericArguments()[0]);
        else if (Value(section, type) is { } value) property.SetValue(target, value);
    }

    private void BindItems(IConfigurationSection section, IList items, Type type)
    {
        if (section.Value is { Length: > 0 } text)
            Fail(section, $"is '{text}', and must be a list", [$"{section.Key}:0, {section.Key}:1 and so on"]);
        foreach (var child in section.GetChildren())
        {
            var item = Activator.CreateInstance(type)!;
            Bind(child, item);
            items.Add(item);
        }
    }

    // A value of the section itself becomes the entry with the empty key.
    private void BindEntries(IConfigurationSection section, IDictionary entries, Type type)
    {
        if (section.Value is { Length: > 0 } && Value(section, type, withChildren: true) is { } alone) entries[""] = alone;
        foreach (var child in section.GetChildren())
            if (Value(child, type) is { } value) entries[child.Key] = value;
    }

    // Returns null if the setting is missing or invalid. An empty string is a value; other empty values count as missing. A list of strings
    // is joined with commas.
    private object? Value(IConfigurationSection section, Type type, bool withChildren = false)
    {
        var children = withChildren ? [] : section.GetChildren().ToList();
        var isList = type == typeof(string) && children.Count > 0;
        var text = section.Value ?? (isList ? string.Join(',', children.Select(child => child.Value)) : null);
        if (text is null && children.Count > 0) Fail(section, "is a section, and must be a single value", [SettingText.Accepted(type)]);
        if (text is null || (string.IsNullOrWhiteSpace(text) && type != typeof(string))) return null;
        var value = SettingText.Read(text, type);
        if (value is null) Fail(section, $"is '{text}', which cannot be read", [SettingText.Accepted(type)]);
        return value;
    }

    private void Fail(IConfigurationSection section, string what, IEnumerable<string> accepted)
    {
        var variable = section.Path.Replace(":", "__", StringComparison.Ordinal);
        failures.Add($"{section.Path} {what}. Accepted: {string.Join(", ", accepted)} (environment variable {variable}).");
    }
}
