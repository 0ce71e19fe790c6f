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

    // A fault run brings a clock of its own.
    builder.Services.TryAddSingleton(TimeProvider.System);
    builder.Services.AddSection<AgentPayOptions, AgentPayOptionsValidator>(AgentPayOptions.Section);
    builder.AddTelemetry();
    builder.Services.AddHealthChecks();
    if (mode != AgentPayMode.SandboxServer) builder.AddAgentPay();

    var app = builder.Build();
    // Before the host makes its services: the first of them to read wrong options would hide what is wrong with the others.
    app.Services.GetRequiredService<IStartupValidator>().Validate();

    if (mode != AgentPayMode.SandboxServer) app.UseWebPages();
    app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
#if SANDBOX
    if (mode != AgentPayMode.Live) app.MapSandbox();
    if (mode == AgentPayMode.SandboxServer)
    {
        app.MapGet("/", () => Results.Redirect("/sandbox"));
        // The font of the sandbox's pages; with the console, MapConsole serves it. MapStaticAssets would answer 404 where the sandbox answers 405.
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
