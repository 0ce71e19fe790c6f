using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AgentPay.Web.Telemetry;

/// <summary>
/// Traces, metrics and logs over OTLP, for those who have a collector: opentelemetry.io/docs/specs/otel/protocol/exporter. The names are in
/// docs/operations.md; a test keeps them true.
/// </summary>
public static class TelemetryFeature
{
    /// <summary>Where the collector is. Its headers, protocol and time-out, and the service's name, have their standard keys too.</summary>
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Not System.Net.Http: its spans carry whole URLs, and those of Sync hold keys that may be personal. AgentPay.Twilio names the routes.
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits", "AgentPay.*"];

    private static readonly string[] Meters =
    [
        "AgentPay.*", "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Lifecycle", "Microsoft.AspNetCore.Components.Server.Circuits",
    ];

    /// <summary>Without <see cref="EndpointKey"/> nothing is added, so nothing is collected and nothing is sent.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (!IsWanted(builder.Configuration)) return;
        builder.Services.AddOptions<OtlpExporterOptions>().Validate<IConfiguration>((_, configuration) => IsUrl(configuration[EndpointKey]), $"{EndpointKey} is not an absolute http or https URL, such as http://localhost:4317.").ValidateOnStart();
        builder.Services.AddSingleton(provider => Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(provider.GetRequiredService<IConfiguration>()))
            .ConfigureResource(Describe)
            .AddSource(Sources)
            .AddOtlpExporter()
            .Build());
        builder.Services.AddSingleton(provider => Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(provider.GetRequiredService<IConfiguration>()))
            .ConfigureResource(Describe)
            .AddMeter(Meters)
            .AddOtlpExporter()
            .Build());
        builder.Services.AddHostedService<TelemetryExport>();
        builder.Logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            var resource = ResourceBuilder.CreateDefault();
            Describe(resource);
            options.SetResourceBuilder(resource).AddOtlpExporter();
        });
    }

    /// <summary>Gives the server's spans their names. To be called before everything else that handles requests.</summary>
    public static void UseTelemetry(this WebApplication app)
    {
        if (IsWanted(app.Configuration)) app.Use(ServerSpan.DescribeAsync);
    }

    private static bool IsWanted(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[EndpointKey]);

    private static bool IsUrl(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    /// <summary>What the environment says of the service (<c>OTEL_SERVICE_NAME</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c>) goes first.</summary>
    private static void Describe(ResourceBuilder resource) =>
        resource.AddService("agentpay", serviceVersion: typeof(TelemetryFeature).Assembly.GetName().Version?.ToString()).AddEnvironmentVariableDetector();
}
