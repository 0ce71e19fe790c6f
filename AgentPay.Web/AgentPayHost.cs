using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace AgentPay.Web;

/// <summary>Sets up the host: configuration files, the mode, and readable messages for startup failures.</summary>
public static class AgentPayHost
{
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var published = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = published ? AppContext.BaseDirectory : null,
        });

        // The header would tell attackers which server this is.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // By default, the styles and scripts of the build output are served in Development only.
        builder.WebHost.UseStaticWebAssets();
        // appsettings.json is in the repository root and is copied next to the assembly, not to the content root. It is inserted first, so
        // that environment variables and the command line override it.
        builder.Configuration.Sources.Insert(0, new JsonConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
            Path = "appsettings.json",
        });
        return builder;
    }

    /// <summary>Returns the configured mode.</summary>
    /// <exception cref="OptionsValidationException">The mode is unknown, or is a sandbox mode in production.</exception>
    public static AgentPayMode ReadMode(this WebApplicationBuilder builder)
    {
        const string key = $"{AgentPayOptions.Section}:{nameof(AgentPayOptions.Mode)}";
        var text = builder.Configuration[key];
        var mode = AgentPayMode.Sandbox;
        if (!string.IsNullOrWhiteSpace(text) && !TryParseMode(text, out mode))
            throw Refuse($"AgentPay:Mode is '{text}'. It must be Sandbox, Live or SandboxServer (environment variable AgentPay__Mode).");
        if (mode != AgentPayMode.Live && builder.Environment.IsProduction())
            throw Refuse(
                $"AgentPay:Mode is {mode} and the environment is Production, but the sandbox takes no real payments and never runs there. "
                + "Set AgentPay__Mode=Live, or ASPNETCORE_ENVIRONMENT=Development to try AgentPay out.");
#if !SANDBOX
        if (mode != AgentPayMode.Live)
            throw Refuse(
                $"AgentPay:Mode is {mode}, and this build has no sandbox. Set AgentPay__Mode=Live, or build without -p:Sandbox=false.");
#endif
        // The binder fails on an empty mode.
        builder.Configuration[key] = mode.ToString();
        return mode;
    }

    /// <summary>Returns one message for each configuration failure; none if <paramref name="failure"/> has another cause.</summary>
    public static IReadOnlyList<string> ConfigurationFailures(Exception failure) => failure switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        // The message of the configuration binder contains the key.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } unconvertible => [unconvertible.Message],
        IOException { InnerException: AddressInUseException } inUse =>
            [$"{inUse.Message} Choose another with --urls or the environment variable ASPNETCORE_URLS."],
        AggregateException several when several.InnerExceptions.All(e => e is OptionsValidationException) =>
            [.. several.InnerExceptions.SelectMany(ConfigurationFailures)],
        _ => [],
    };

    // Enum.TryParse alone would accept numbers too.
    private static bool TryParseMode(string text, out AgentPayMode mode) => Enum.TryParse(text, ignoreCase: true, out mode)
        && Enum.GetNames<AgentPayMode>().Contains(text, StringComparer.OrdinalIgnoreCase);

    private static OptionsValidationException Refuse(string why) => new(AgentPayOptions.Section, typeof(AgentPayOptions), [why]);
}
