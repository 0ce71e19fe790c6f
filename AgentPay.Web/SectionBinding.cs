using System.Globalization;
using Microsoft.Extensions.Options;

namespace AgentPay.Web;

/// <summary>Options from their section of the configuration.</summary>
internal static class SectionBinding
{
    /// <summary>A value of the wrong kind is one failure among the others, instead of one that hides them.</summary>
    public static OptionsBuilder<T> BindSection<T>(this OptionsBuilder<T> builder, string section) where T : class =>
        builder.Configure<IConfiguration>((options, configuration) =>
        {
            var values = configuration.GetSection(section);
            if (DurationFailures<T>(values).ToList() is { Count: > 0 } failures) throw new OptionsValidationException(section, typeof(T), failures);
            try
            {
                values.Bind(options);
            }
            catch (InvalidOperationException unconvertible)
            {
                throw new OptionsValidationException(section, typeof(T), [unconvertible.Message]);
            }
        });

    /// <summary>The framework reads a bare number as days.</summary>
    private static IEnumerable<string> DurationFailures<T>(IConfigurationSection section) =>
        from property in typeof(T).GetProperties()
        where property.PropertyType == typeof(TimeSpan)
        let text = section[property.Name]
        where !string.IsNullOrWhiteSpace(text) && !(text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _))
        let key = $"{section.Path}:{property.Name}"
        select $"{key} is '{text}', which cannot be read. Accepted: hours, minutes and seconds such as 00:00:10, with days before them such as 30.00:00:00 "
            + $"(environment variable {key.Replace(":", "__", StringComparison.Ordinal)}).";
}
