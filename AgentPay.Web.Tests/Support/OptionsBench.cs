using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Support;

/// <summary>Reads one section from settings, as AgentPay does at start.</summary>
internal static class OptionsBench
{
    /// <param name="settings">Keys below the section.</param>
    public static TOptions Read<TOptions, TValidator>(string section, params (string Key, string? Value)[] settings)
        where TOptions : class, new()
        where TValidator : IValidateOptions<TOptions>, new()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"{section}:{s.Key}", s.Value))).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddSection<TOptions, TValidator>(section);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<TOptions>>().Value;
    }

    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<string> Failures<TOptions, TValidator>(string section, params (string Key, string? Value)[] settings)
        where TOptions : class, new()
        where TValidator : IValidateOptions<TOptions>, new()
    {
        try
        {
            Read<TOptions, TValidator>(section, settings);
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return [.. invalid.Failures];
        }
    }
}
