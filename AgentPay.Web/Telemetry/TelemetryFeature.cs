using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AgentPay.Web.Telemetry;

/// <summary>
/// Traces, metrics and logs over OTLP, for those who have a collector: opentelemetry.io/docs/specs/otel/protocol/exporter.
/// docs/operations.md lists the names.
/// </summary>
public static class TelemetryFeature
{
    /// <summary>The address of the collector. Its headers, protocol and timeout, and the service's name, have their standard keys too.</summary>
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Sources = ["AgentPay.*", "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits"];

    private static readonly string[] Meters =
    [
        "AgentPay.*", "System.Runtime",
        "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Lifecycle", "Microsoft.AspNetCore.Components.Server.Circuits",
    ];

    /// <summary>Without <see cref="EndpointKey"/> nothing is added, so nothing is collected and nothing is sent.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointKey])) return;
        builder.Services.AddOptions<OtlpExporterOptions>()
            .Validate<IConfiguration>(
                (_, configuration) => IsUrl(configuration[EndpointKey]),
                $"{EndpointKey} is not an absolute http or https URL, such as http://localhost:4317.")
            .ValidateOnStart();
        builder.Logging.AddOpenTelemetry(options => options.IncludeFormattedMessage = true);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(Describe)
            .WithTracing(traces => traces
                .AddSource(Sources)
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !context.Request.Path.StartsWithSegments("/health"))
                .AddHttpClientInstrumentation()
                .AddProcessor<PrivateTags>())
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
            .WithLogging()
            .UseOtlpExporter();
    }

    private static bool IsUrl(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    /// <summary><c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> replace the name.</summary>
    private static void Describe(ResourceBuilder resource) =>
        resource.AddService("agentpay", serviceVersion: typeof(TelemetryFeature).Assembly.GetName().Version?.ToString()).AddEnvironmentVariableDetector();
}
