using System.Diagnostics;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests;

/// <summary>AgentPay as a process of its own: what it says when it cannot start.</summary>
public sealed class HostTests
{
    [Theory]
    [InlineData("Production", "Sandbox", "AgentPay:Mode is Sandbox and the environment is Production")]
    [InlineData("Production", "SandboxServer", "AgentPay:Mode is SandboxServer and the environment is Production")]
    [InlineData("Production", "", "AgentPay:Mode is Sandbox and the environment is Production")]
    [InlineData("Development", "Sandpit", "AgentPay:Mode is 'Sandpit'. It must be Sandbox, Live or SandboxServer")]
    [InlineData("Development", "7", "AgentPay:Mode is '7'")]
    public async Task Start_InAModeThatCannotBe_SaysWhyAndEndsWithOne(string environment, string mode, string words)
    {
        var (code, output) = await RunAsync($"--environment={environment}", $"--AgentPay:Mode={mode}");

        output.ShouldStartWith("AgentPay cannot start:");
        output.ShouldContain(words);
        code.ShouldBe(1);
    }

    [Theory]
    [InlineData("", "AgentPay:PublicBaseUrl is missing")]
    [InlineData("pay.example.com", "not an absolute http or https URL")]
    [InlineData("ftp://pay.example.com", "not an absolute http or https URL")]
    [InlineData("http://pay.example.com", "must be https")]
    [InlineData("https://pay.example.com/?a=1", "without user, query or fragment")]
    public async Task Start_LiveWithoutAUsablePublicBaseUrl_SaysWhich(string url, string words)
    {
        var (code, output) = await RunAsync("--environment=Production", "--AgentPay:Mode=Live", $"--AgentPay:PublicBaseUrl={url}");

        output.ShouldContain(words);
        code.ShouldBe(1);
    }

    [Fact]
    public async Task Start_LiveWithNothingConfigured_ListsWhatEveryPartNeeds()
    {
        var (code, output) = await RunAsync("--environment=Production", "--AgentPay:Mode=Live");

        foreach (var key in (string[])["AgentPay:PublicBaseUrl", "Twilio:AccountSid", "Twilio:AuthToken", "AzureAd:TenantId", "AzureAd:ClientId", "AzureAd:ClientSecret"])
            output.ShouldContain($"- {key} is missing");
        code.ShouldBe(1);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(AgentPayOptions).Assembly.Location, "--urls=http://127.0.0.1:0", .. arguments])
        {
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
