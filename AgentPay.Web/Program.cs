using AgentPay.Web;
#if SANDBOX
using AgentPay.Web.Sandbox;
#endif
using AgentPay.Web.Telemetry;
using AgentPay.Web.WebPages;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

try
{
    var builder = AgentPayHost.CreateBuilder(args);
    var mode = builder.ReadMode();
#if SANDBOX
    if (mode == AgentPayMode.Sandbox) builder.Configuration.AddSandboxDefaults();
    if (mode != AgentPayMode.Live) builder.AddSandbox();
#endif

    // A fault run registers its own clock.
    builder.Services.TryAddSingleton(TimeProvider.System);
    builder.Services.AddSection<AgentPayOptions, AgentPayOptionsValidator>(AgentPayOptions.Section);
    builder.AddTelemetry();
    builder.Services.AddHealthChecks();
    if (mode != AgentPayMode.SandboxServer) builder.AddAgentPay();

    var app = builder.Build();
    // Validated before the hosted services are created: the first service with invalid options would hide the other failures.
    app.Services.GetRequiredService<IStartupValidator>().Validate();

    if (mode != AgentPayMode.SandboxServer) app.UseWebPages();
    app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
#if SANDBOX
    if (mode != AgentPayMode.Live) app.MapSandbox();
    if (mode == AgentPayMode.SandboxServer)
    {
        app.MapGet("/", () => Results.Redirect("/sandbox"));
        // Serves the font of the sandbox's pages, which MapConsole serves in other modes. With MapStaticAssets, the sandbox's routes would
        // answer 404 instead of 405.
        app.UseStaticFiles();
    }
#endif
    if (mode != AgentPayMode.SandboxServer) app.MapAgentPay();

    await app.RunAsync();
    return 0;
}
catch (Exception failure) when (AgentPayHost.ConfigurationFailures(failure) is { Count: > 0 } reasons)
{
    Console.Error.WriteLine("AgentPay cannot start:");
    foreach (var reason in reasons) Console.Error.WriteLine("- " + reason);
    if (failure is not IOException) Console.Error.WriteLine(AgentPayHost.EnvironmentHint);
    return 1;
}

public partial class Program;
