using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AgentPay.Web.Telemetry;

/// <summary>
/// Exports traces, metrics and logs over OTLP, if a collector is configured: opentelemetry.io/docs/specs/otel/protocol/exporter.
/// docs/operations.md lists the names.
/// </summary>
public static class TelemetryFeature
{
    /// <summary>The key for the URL of the collector. The standard keys for headers, protocol, timeout and service name work too.</summary>
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Sources =
        ["AgentPay.*", "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits"];

    private static readonly string[] Meters =
    [
        "AgentPay.*", "System.Runtime",
        "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Lifecycle", "Microsoft.AspNetCore.Components.Server.Circuits",
    ];

    /// <summary>Adds nothing without <see cref="EndpointKey"/>.</summary>
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

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES override the name.
    private static void Describe(ResourceBuilder resource)
    {
        var version = typeof(TelemetryFeature).Assembly.GetName().Version?.ToString();
        resource.AddService("agentpay", serviceVersion: version).AddEnvironmentVariableDetector();
    }
}
