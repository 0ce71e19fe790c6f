using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace AgentPay.Web;

/// <summary>
/// The host: the root <c>appsettings.json</c>, the mode, the refusal to run a sandbox in production, and start-up failures in words.
/// </summary>
public static class AgentPayHost
{
    /// <summary>Follows the list of what is wrong with the configuration.</summary>
    public const string EnvironmentHint =
        "As an environment variable, a key has two underscores in place of each colon: AgentPay__PublicBaseUrl for AgentPay:PublicBaseUrl.";

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

    /// <summary>
    /// The configured mode; a mode that does not exist, or a sandbox in production, is an <see cref="OptionsValidationException"/>.
    /// </summary>
    public static AgentPayMode ReadMode(this WebApplicationBuilder builder)
    {
        const string key = $"{AgentPayOptions.Section}:{nameof(AgentPayOptions.Mode)}";
        var text = builder.Configuration[key]?.Trim() ?? "";
        var mode = text.Length == 0
            ? AgentPayMode.Sandbox
            : SettingText.Read(text, typeof(AgentPayMode)) as AgentPayMode?
                ?? throw Refuse($"AgentPay:Mode is '{text}'. It must be Sandbox, Live or SandboxServer.");
        if (mode != AgentPayMode.Live && builder.Environment.IsProduction())
            throw Refuse(
                $"AgentPay:Mode is {mode} and the environment is Production, but the sandbox takes no real payments and never runs there. "
                + "Set AgentPay__Mode=Live, or ASPNETCORE_ENVIRONMENT=Development to try AgentPay out.");
#if !SANDBOX
        if (mode != AgentPayMode.Live)
            throw Refuse(
                $"AgentPay:Mode is {mode}, and this build has no sandbox. Set AgentPay__Mode=Live, or build without -p:Sandbox=false.");
#endif
        return mode;
    }

    /// <summary>Returns one message for each configuration failure; none if <paramref name="failure"/> has another cause.</summary>
    public static IReadOnlyList<string> ConfigurationFailures(Exception failure) => failure switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        // The framework's binder, whose message names the key.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } unconvertible => [unconvertible.Message],
        IOException { InnerException: AddressInUseException } taken =>
            [$"{taken.Message} Choose another with --urls or the environment variable ASPNETCORE_URLS."],
        AggregateException several when several.InnerExceptions.All(e => e is OptionsValidationException) =>
            [.. several.InnerExceptions.SelectMany(ConfigurationFailures)],
        _ => [],
    };

    // Enum.TryParse alone would accept numbers too.
    private static bool TryParseMode(string text, out AgentPayMode mode) => Enum.TryParse(text, ignoreCase: true, out mode)
        && Enum.GetNames<AgentPayMode>().Contains(text, StringComparer.OrdinalIgnoreCase);

    private static OptionsValidationException Refuse(string why) => new(AgentPayOptions.Section, typeof(AgentPayOptions), [why]);
}
