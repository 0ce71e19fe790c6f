using System.Globalization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web;

/// <summary>Binds options to their section of the configuration.</summary>
internal static class SectionBinding
{
    /// <summary>Reports a value that cannot be converted as a validation failure, together with the other failures.</summary>
    public static OptionsBuilder<T> BindSection<T>(this OptionsBuilder<T> builder, string section) where T : class =>
        builder.Configure<IConfiguration>((options, configuration) =>
        {
            var values = configuration.GetSection(section);
            if (DurationFailures<T>(values).ToList() is { Count: > 0 } failures)
                throw new OptionsValidationException(section, typeof(T), failures);
            try
            {
                values.Bind(options);
            }
            catch (InvalidOperationException unconvertible)
            {
                throw new OptionsValidationException(section, typeof(T), [unconvertible.Message]);
            }
        });

    // The framework would read a number without a unit as days.
    private static IEnumerable<string> DurationFailures<T>(IConfigurationSection section) =>
        from property in typeof(T).GetProperties()
        where property.PropertyType == typeof(TimeSpan)
        let text = section[property.Name]
        where !string.IsNullOrWhiteSpace(text) && !(text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _))
        let key = $"{section.Path}:{property.Name}"
        select $"{key} is '{text}', which cannot be read. Accepted: hours, minutes and seconds such as 00:00:10, "
            + $"with days before them such as 30.00:00:00 (environment variable {key.Replace(":", "__", StringComparison.Ordinal)}).";
}
