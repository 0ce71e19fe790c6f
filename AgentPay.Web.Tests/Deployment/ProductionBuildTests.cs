using System.Diagnostics;
using System.Net;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Deployment;

/// <summary>The output of <c>dotnet publish -p:Sandbox=false</c>.</summary>
public sealed class ProductionBuildTests(ProductionBuild build) : IClassFixture<ProductionBuild>
{
    [Fact]
    public void Assembly_OfTheDefaultBuild_HasTheSandbox()
    {
        SandboxTypes(typeof(AgentPayOptions).Assembly.Location).ShouldNotBeEmpty();
    }

    [Fact]
    public void Assembly_HasNoTypeOfTheSandbox()
    {
        SandboxTypes(Path.Combine(build.Folder, "AgentPay.Web.dll")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_InAModeOfTheSandbox_IsRefusedInWords()
    {
        using var process = build.Start("Development", "--AgentPay:Mode=SandboxServer");

        var words = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(1);
        words.ShouldContain("this build has no sandbox");
    }

    [Fact]
    public async Task Routes_InLive_HaveNoSandbox()
    {
        using var process = build.Start("Production", [
            "--AgentPay:Mode=Live", "--AgentPay:PublicBaseUrl=http://127.0.0.1", "--AzureAd:TenantId=11111111-2222-4333-8444-555555555555",
            "--AzureAd:ClientId=11111111-2222-4333-8444-666666666666", "--AzureAd:ClientSecret=secret",
            $"--Twilio:AccountSid=AC{new string('1', 32)}", "--Twilio:AuthToken=token",
            $"--Twilio:ApiKeySid=SK{new string('1', 32)}", $"--Twilio:ApiKeySecret={new string('s', 32)}",
            "--Twilio:ApiBaseUrl=http://127.0.0.1:9",
            "--Twilio:SyncBaseUrl=http://127.0.0.1:9", "--Voice:OriginationUri=pbx.example.com"]);
        try
        {
            using var http = new HttpClient { BaseAddress = await ProductionBuild.AddressOfAsync(process) };
            (await http.GetStringAsync("/health/live")).ShouldBe("Healthy");

            foreach (var path in new[] { "/sandbox", "/sandbox/phone", "/sandbox/control/stats", "/sandbox/sync/v1/Services",
                "/sandbox/entra/x/v2.0/.well-known/openid-configuration" })
            {
                using var answer = await http.GetAsync(path);
                answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static List<string> SandboxTypes(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Select(t => metadata.GetString(t.Namespace))
            .Where(space => space.Contains("Sandbox", StringComparison.Ordinal))];
    }
}

/// <summary>Publishes once, into a folder of its own.</summary>
public sealed class ProductionBuild : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("agentpay-").FullName;

    public string Folder => Path.Combine(_root, "publish", "AgentPay.Web", "release");

    public async Task InitializeAsync()
    {
        // Analyzers have run, and compressed copies of the static files are not what these tests look at.
        string[] arguments =
        [
            "publish", "AgentPay.Web", "-c", "Release", "-p:Sandbox=false", "-p:RunAnalyzers=false", "-p:CompressionEnabled=false",
            "--artifacts-path", _root, "--nologo", "-v", "q",
        ];
        using var publish = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        })!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        publish.ExitCode.ShouldBe(0, said);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Starts what was published, on a free port.</summary>
    public Process Start(string environment, params string[] settings) =>
        Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(Folder, "AgentPay.Web.dll"), "--urls", "http://127.0.0.1:0", .. settings])
        {
            WorkingDirectory = _root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = environment },
        })!;

    public static async Task<Uri> AddressOfAsync(Process process)
    {
        const string sign = "Now listening on: ";
        using var limit = new CancellationTokenSource(TestLimit.Time);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var at) return new Uri(line[(at + sign.Length)..].Trim());
        }
        throw new InvalidOperationException("It ended before it listened: " + await process.StandardError.ReadToEndAsync(limit.Token));
    }
}
