using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests;

/// <summary>AgentPay in a separate process: the messages when it cannot start.</summary>
public sealed class HostTests
{
    private const string Accepted =
        "AgentPay:PublicBaseUrl must be an absolute https URL (http on this machine only) without user, path, query or fragment.";

    private const string EnvironmentHint =
        "As an environment variable, a key has two underscores in place of each colon: AgentPay__PublicBaseUrl for AgentPay:PublicBaseUrl.\n";

    [Theory]
    [InlineData("Production", "Sandbox", "AgentPay:Mode is Sandbox and the environment is Production")]
    [InlineData("Production", "SandboxServer", "AgentPay:Mode is SandboxServer and the environment is Production")]
    [InlineData("Production", "", "AgentPay:Mode is Sandbox and the environment is Production")]
    [InlineData("Development", "Sandpit", "AgentPay:Mode is 'Sandpit'. It must be Sandbox, Live or SandboxServer")]
    [InlineData("Development", "7", "AgentPay:Mode is '7'")]
    public void ReadMode_OfAModeThatCannotBe_SaysWhy(string environment, string mode, string words)
    {
        var builder = AgentPayHost.CreateBuilder([$"--environment={environment}", $"--AgentPay:Mode={mode}"]);

        AgentPayHost.ConfigurationFailures(Should.Throw<OptionsValidationException>(() => builder.ReadMode())).ShouldHaveSingleItem()
            .ShouldStartWith(words);
    }

    [Theory]
    [InlineData("ftp://pay.example.com")]
    [InlineData("http://pay.example.com")]
    [InlineData("https://pay.example.com/?a=1")]
    [InlineData("https://me:pw@pay.example.com")]
    [InlineData("https://host.example/agentpay")]
    public void Validate_LiveWithoutAUsablePublicBaseUrl_SaysWhatIsAccepted(string url) =>
        OptionsBench.Failures<AgentPayOptions, AgentPayOptionsValidator>(AgentPayOptions.Section, ("Mode", "Live"), ("PublicBaseUrl", url))
            .ShouldHaveSingleItem().ShouldStartWith(Accepted);

    [Fact]
    public async Task Start_InAModeThatCannotBe_SaysWhyAndEndsWithOne()
    {
        var (code, output, error) = await RunAsync("--environment=Production", "--AgentPay:Mode=Sandbox");

        output.ShouldBeEmpty();
        error.ShouldStartWith("AgentPay cannot start:\n- AgentPay:Mode is Sandbox and the environment is Production");
        code.ShouldBe(1);
    }

    [Fact]
    public async Task Start_LiveWithNothingConfiguredAndAValueOfTheWrongKind_ListsWhatEveryPartNeeds()
    {
        var (code, output, error) = await RunAsync("--environment=Production", "--AgentPay:Mode=Live", "--Sync:ItemTtl=banana");

        output.ShouldBeEmpty();
        string[] missing =
            ["AgentPay:PublicBaseUrl", "Twilio:AccountSid", "Twilio:AuthToken", "AzureAd:TenantId", "AzureAd:ClientId",
                "AzureAd:ClientSecret"];
        foreach (var key in missing) error.ShouldContain($"- {key} is missing");
        error.ShouldContain("- Sync:ItemTtl is 'banana', which cannot be read. Accepted: ");
        error.ShouldEndWith(EnvironmentHint);
        code.ShouldBe(1);
    }

    [Fact]
    public async Task Start_WithAWrongValueOfTheSandbox_NamesTheKey()
    {
        var (code, _, error) = await RunAsync("--environment=Development", "--Sandbox:Connectors:0:CanCharge=maybe");

        error.ShouldStartWith("AgentPay cannot start:\n- Sandbox:Connectors:0:CanCharge is 'maybe', which cannot be read. Accepted: ");
        code.ShouldBe(1);
    }

    [Fact]
    public async Task Start_WithACollectorAtNoUrl_NamesTheKey()
    {
        var (code, _, error) = await RunAsync("--environment=Development", "--OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4317");

        error.ShouldMatch("^AgentPay cannot start:\n- OTEL_EXPORTER_OTLP_ENDPOINT is not an absolute http or https URL[^\n]*\n");
        code.ShouldBe(1);
    }

    [Fact]
    public async Task Start_OnAnAddressThatIsTaken_SaysSo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (code, _, error) = await RunAsync("--environment=Development", $"--urls=http://{taken.LocalEndpoint}");

        error.ShouldMatch($"^AgentPay cannot start:\n- [^\n]*{taken.LocalEndpoint}: address already in use[^\n]*--urls[^\n]*\n$");
        code.ShouldBe(1);
    }

    [Fact]
    public async Task Start_WithAnEmptyMode_IsTheSandbox()
    {
        await using var app = new SandboxApp(new() { ["AgentPay:Mode"] = "" });

        (await app.Anonymous.GetStringAsync("sandbox/control/calls")).ShouldBe("[]");
    }

    /// <summary>The library would believe an unsigned ID token in a header then: X-MS-TOKEN-AAD-ID-TOKEN.</summary>
    [Fact]
    public async Task Start_UnderAppServiceAuthentication_IsRefused()
    {
        var (code, _, error) = await RunInAsync(
            new() { ["WEBSITE_AUTH_ENABLED"] = "True", ["WEBSITE_AUTH_DEFAULT_PROVIDER"] = "AzureActiveDirectory" },
            "--environment=Development");

        error.ShouldMatch("^AgentPay cannot start:\n- WEBSITE_AUTH_ENABLED is set: [^\n]*App Service > Authentication.\n");
        code.ShouldBe(1);
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunInAsync([], arguments);

    private static async Task<(int Code, string Output, string Error)> RunInAsync(Dictionary<string, string> environment,
        params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(AgentPayOptions).Assembly.Location, "--urls=http://127.0.0.1:0", .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var limit = new CancellationTokenSource(TestLimit.Time);
        using var process = Process.Start(start)!;
        // One that starts after all must not stay behind.
        await using var giveUp = limit.Token.Register(process.Kill);
        var outputs = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, outputs[0], outputs[1]);
    }
}
