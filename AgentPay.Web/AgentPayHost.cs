using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace AgentPay.Web;

/// <summary>The host: the root <c>appsettings.json</c>, the mode, and the refusal to run a sandbox in production.</summary>
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

        // appsettings.json stands at the repository root and is copied beside the assembly, not into the content root.
        // First in the list, so that the environment and the command line stay on top.
        builder.Configuration.Sources.Insert(0, new JsonConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
            Path = "appsettings.json",
        });
        return builder;
    }

    /// <summary>The configured mode; throws with the key and the values it may have when it is none of them.</summary>
    public static AgentPayMode ReadMode(this WebApplicationBuilder builder)
    {
        var text = builder.Configuration[$"{AgentPayOptions.Section}:{nameof(AgentPayOptions.Mode)}"];
        if (string.IsNullOrWhiteSpace(text)) return AgentPayMode.Sandbox;
        var known = Enum.TryParse<AgentPayMode>(text, ignoreCase: true, out var mode) && Enum.IsDefined(mode) && !char.IsDigit(text[0]);
        if (!known) throw new InvalidOperationException($"AgentPay:Mode is '{text}'. It must be Sandbox, Live or SandboxServer (environment variable AgentPay__Mode).");
        if (mode != AgentPayMode.Live && builder.Environment.IsProduction())
            throw new InvalidOperationException(
                $"AgentPay:Mode is {mode}, and the environment is Production: the sandbox takes no real payments and never runs there. "
                + "Set AgentPay__Mode=Live, or ASPNETCORE_ENVIRONMENT=Development to try AgentPay out.");
        return mode;
    }
}
