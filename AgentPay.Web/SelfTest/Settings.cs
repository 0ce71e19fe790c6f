using System.Collections;
using System.Globalization;
using System.Reflection;

namespace AgentPay.Web.SelfTest;

/// <summary>Reads the options in effect, by section. A <see cref="SecretAttribute"/> setting is only reported as set or not set.</summary>
internal sealed class Settings(IEnumerable<OptionsSection> sections, IServiceProvider services, IConfiguration configuration)
{
    public IReadOnlyList<SettingGroup> Read() =>
    [
        .. sections.OrderBy(section => section.Name, StringComparer.Ordinal)
            .Select(section => new SettingGroup(section.Name, [.. SettingsOf(section.Name, section.Options(services))])),
    ];

    private IEnumerable<Setting> SettingsOf(string path, object options)
    {
        foreach (var property in OptionsProperties.Of(options.GetType()))
        {
            var key = $"{path}:{property.Name}";
            var value = property.GetValue(options);
            if (value is not null && OptionsProperties.IsSection(property.PropertyType))
                foreach (var nested in SettingsOf(key, value)) yield return nested;
            else yield return SettingOf(key, Text(value), property.IsDefined(typeof(SecretAttribute)));
        }
    }

    private Setting SettingOf(string key, string text, bool isSecret)
    {
        var state = IsConfigured(key) ? SettingState.Set : text.Length > 0 ? SettingState.Default : SettingState.NotSet;
        return new(key, state, isSecret || text.Length == 0 ? null : text);
    }

    /// <summary>True also for a configured value that equals the default.</summary>
    private bool IsConfigured(string key) =>
        configuration.GetSection(key) is var section && (!string.IsNullOrWhiteSpace(section.Value) || section.GetChildren().Any());

    private static string Text(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => text,
        IEnumerable items => string.Join(", ", items.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
