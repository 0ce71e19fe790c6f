using System.Diagnostics.Metrics;
using AgentPay.Web.Telemetry;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AgentPay.Web.Tests.Telemetry;

public sealed class TelemetryTests
{
    private const string Uui = "customer-4711-of-the-crm";
    private const string Reference = "invoice-4712";

    [Fact]
    public async Task Collector_Configured_HearsTracesMetricsAndLogsOfACall()
    {
        await using var collector = await RunACallAsync();

        collector.TextOf("/v1/traces").ShouldContain("POST /inboundHandler");
        collector.TextOf("/v1/traces").ShouldContain("POST /v1/Services/{0}/Maps/{1}/Items");
        collector.TextOf("/v1/metrics").ShouldContain("agentpay.sync.writes");
        collector.TextOf("/v1/metrics").ShouldContain("agentpay.payments.waiting");
        collector.TextOf("/v1/metrics").ShouldContain("http.server.request.duration");
        collector.TextOf("/v1/metrics").ShouldContain("http.client.request.duration");
        collector.TextOf("/v1/logs").ShouldContain("connecting to the PBX");
    }

    [Fact]
    public async Task Collector_Configured_GetsTheHeadersAndTheServicesName()
    {
        await using var collector = await RunACallAsync();

        collector.Exports.Select(e => e.Path).Distinct().Order().ShouldBe(["/v1/logs", "/v1/metrics", "/v1/traces"]);
        collector.Exports.ShouldAllBe(e => e.Headers.GetValueOrDefault("x-tenant", "") == "desk-7"
            && e.Text.Contains("agentpay-of-the-test"));
    }

    [Fact]
    public async Task Collector_Configured_LearnsNoNumberNoUuiAndNoSecret()
    {
        await using var collector = await RunACallAsync();

        foreach (var told in (string[])[SandboxControl.Customer[1..], SandboxControl.Business[1..], Uui, Reference, SandboxApp.AuthToken,
            SandboxApp.ApiKeySecret])
            collector.Exports.ShouldAllBe(e => !e.Text.Contains(told), told);
    }

    [Fact]
    public async Task Collector_Configured_GetsNoPathNoQueryAndNoBrowser()
    {
        await using var collector = await RunACallAsync();

        foreach (var tag in (string[])["url.path", "url.query", "url.full", "user_agent.original"])
            collector.Exports.ShouldAllBe(e => !e.Text.Contains(tag), tag);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Collector_NotConfigured_NothingCollects(string? endpoint)
    {
        await using var app = new AgentPayApp(new() { [TelemetryFeature.EndpointKey] = endpoint });

        app.Services.GetService<TracerProvider>().ShouldBeNull();
        app.Services.GetService<MeterProvider>().ShouldBeNull();
        app.Services.GetServices<Microsoft.Extensions.Logging.ILoggerProvider>().Select(p => p.GetType().Name)
            .ShouldNotContain("OpenTelemetryLoggerProvider");
    }

    [Fact]
    public async Task Instruments_AllStandInTheDocument()
    {
        var names = new HashSet<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) =>
            { if (instrument.Meter.Name.StartsWith("AgentPay.", StringComparison.Ordinal)) lock (names) names.Add(instrument.Name); } };
        listener.Start();
        await using var app = new AgentPayApp(new() { ["Segment:WriteKey"] = "key", ["Segment:BaseUrl"] = "http://127.0.0.1:9" });
        await app.ReadyAsync();

        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"));

        names.Count.ShouldBeGreaterThan(8);
        names.Where(name => !document.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>A customer calls in, and the PBX calls out.</summary>
    private static async Task<CollectorStub> RunACallAsync()
    {
        var collector = await CollectorStub.StartAsync();
        await using var app = new AgentPayApp(new()
        {
            [TelemetryFeature.EndpointKey] = collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-tenant=desk-7",
            ["OTEL_SERVICE_NAME"] = "agentpay-of-the-test",
        });
        await app.ReadyAsync();
        var control = new SandboxControl(app.Http);
        await control.CallInAsync();
        await control.CallOutAsync(new { from = SandboxControl.Business, to = SandboxControl.Customer, uui = Uui });
        await app.Http.GetAsync($"pay?uui={Uui}&reference={Reference}");
        app.Services.GetRequiredService<TracerProvider>().ForceFlush().ShouldBeTrue();
        app.Services.GetRequiredService<MeterProvider>().ForceFlush().ShouldBeTrue();
        app.Services.GetRequiredService<LoggerProvider>().ForceFlush().ShouldBeTrue();
        return collector;
    }
}
