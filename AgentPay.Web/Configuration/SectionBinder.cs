using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace AgentPay.Web.Configuration;

/// <summary>
/// Binds a section of the configuration to an options object: texts (trimmed), the values of <see cref="SettingText"/>, nested sections,
/// lists and dictionaries. Empty text counts as missing. Unlike the framework's binder, it reports keys that do not exist, and keeps a list
/// item with a value that cannot be read.
/// </summary>
/// <param name="failures">Receives a sentence for each failure, with the key and what is accepted.</param>
internal sealed class SectionBinder(List<string> failures)
{
    public void Bind(IConfigurationSection section, object target)
    {
        var properties = OptionsProperties.Of(target.GetType());
        foreach (var child in section.GetChildren())
        {
            var property = properties.FirstOrDefault(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is not null) Bind(child, target, property);
            // The value is not repeated: under a misspelt key it may be a secret.
            else Fail(child, "is not a setting", properties.Select(known => known.Name));
        }
    }

    private void Bind(IConfigurationSection section, object target, PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (property.GetValue(target) is IDictionary entries) BindEntries(section, entries, type.GetGenericArguments()[1]);
        else if (OptionsProperties.IsList(type)) BindItems(section, target, property, type.GetGenericArguments()[0]);
        else if (OptionsProperties.IsSection(type)) BindSection(section, property.GetValue(target)!);
        else if (Value(section, type) is { } value) property.SetValue(target, value);
        // The validation refuses it then. Otherwise the default would be used.
        else if (type == typeof(string) && section.Value is not null && IsRequired(property)) property.SetValue(target, "");
    }

    private static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredAttribute));

    private void BindSection(IConfigurationSection section, object target)
    {
        var properties = OptionsProperties.Of(target.GetType());
        if (section.Value is { Length: > 0 }) Fail(section, "must be a section", properties.Select(known => known.Name));
        Bind(section, target);
    }

    private void BindItems(IConfigurationSection section, object target, PropertyInfo property, Type type)
    {
        if (section.Value is { Length: > 0 }) Fail(section, "must be a list", [$"{section.Key}:0, {section.Key}:1 and so on"]);
        var children = section.GetChildren().ToList();
        if (children.Count == 0) return;
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type))!;
        foreach (var child in children) items.Add(Item(child, type));
        property.SetValue(target, items);
    }

    /// <summary>An empty text is kept, so that the validation of the list refuses it.</summary>
    private object Item(IConfigurationSection section, Type type)
    {
        if (type == typeof(string)) return section.Value?.Trim() ?? "";
        var item = Activator.CreateInstance(type)!;
        if (OptionsProperties.IsSection(type)) BindSection(section, item);
        else BindForeign(section, item);
        return item;
    }

    /// <summary>Types of libraries are left to the framework's binder, which throws at the first value that it cannot read.</summary>
    private void BindForeign(IConfigurationSection section, object item)
    {
        try
        {
            section.Bind(item);
        }
        catch (InvalidOperationException unreadable)
        {
            failures.Add(unreadable.Message);
        }
    }

    /// <summary>A value without a key is the entry with the empty key.</summary>
    private void BindEntries(IConfigurationSection section, IDictionary entries, Type type)
    {
        if (section.Value is { Length: > 0 } && Value(section, type, withChildren: true) is { } alone) entries[""] = alone;
        foreach (var child in section.GetChildren())
            if (Value(child, type) is { } value) entries[child.Key] = value;
    }

    /// <summary>Null when the setting is missing or has failed. A list of texts is joined with commas.</summary>
    private object? Value(IConfigurationSection section, Type type, bool withChildren = false)
    {
        var children = withChildren ? [] : section.GetChildren().ToList();
        var list = type == typeof(string) && children.Count > 0 ? string.Join(',', children.Select(child => child.Value)) : null;
        var text = (section.Value ?? list)?.Trim();
        if (text is null && children.Count > 0) Fail(section, "must be a single value", [SettingText.Accepted(type)]);
        if (string.IsNullOrEmpty(text)) return null;
        var value = SettingText.Read(text, type);
        if (value is null) Fail(section, $"is '{text}', which cannot be read", [SettingText.Accepted(type)]);
        return value;
    }

    private void Fail(IConfigurationSection section, string problem, IEnumerable<string> accepted) =>
        failures.Add($"{section.Path} {problem}. Accepted: {string.Join(", ", accepted)}.");
}
