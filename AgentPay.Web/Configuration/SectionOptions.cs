using Microsoft.Extensions.Options;

namespace AgentPay.Web.Configuration;

/// <summary>A section of the configuration, for pages that show what is configured.</summary>
/// <param name="Options">The options in effect.</param>
internal sealed record OptionsSection(string Name, Func<IServiceProvider, object> Options);

/// <summary>Registers the options of a section.</summary>
internal static class SectionOptions
{
    /// <summary>
    /// Binds a section, and validates it at start: its keys and values by <see cref="SectionBinder"/>, its rules by the options'
    /// annotations.
    /// </summary>
    /// <typeparam name="TValidator">Generated from the annotations.</typeparam>
    public static OptionsBuilder<TOptions> AddSection<TOptions, TValidator>(this IServiceCollection services, string section)
        where TOptions : class, new()
        where TValidator : IValidateOptions<TOptions>, new()
    {
        services.AddSingleton(new OptionsSection(section, provider => provider.GetRequiredService<IOptions<TOptions>>().Value));
        services.AddSingleton<IValidateOptions<TOptions>>(provider =>
            new SectionValidator<TOptions>(section, provider.GetRequiredService<IConfiguration>(), new TValidator()));
        return services.AddOptions<TOptions>()
            .Configure<IConfiguration>((options, configuration) => new SectionBinder([]).Bind(configuration.GetSection(section), options))
            .ValidateOnStart();
    }
}
