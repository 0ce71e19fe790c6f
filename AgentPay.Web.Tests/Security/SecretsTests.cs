using System.Diagnostics;
using System.Text;
using AgentPay.Web.Identity;
using AgentPay.Web.KeyRing;
using AgentPay.Web.Tests.Api;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.Tests.Security;

/// <summary>Unique secrets are configured and used in every feature, and appear in no log, page or answer.</summary>
public sealed class SecretsTests
{
    private const string PublicBaseUrl = "http://localhost:7080";

    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["Twilio:AuthToken"] = "5ecret-of-the-account-1a2b3c4d5e6f",
        ["Twilio:SecondaryAuthToken"] = "5ecret-of-the-rotation-1a2b3c4d5e",
        ["Twilio:ApiKeySecret"] = "5ecret-of-the-api-key-1a2b3c4d5e6f",
        ["Twilio:Sync:ApiKeySecret"] = "5ecret-of-the-sync-key-1a2b3c4d5e",
        ["AzureAd:ClientSecret"] = "5ecret-of-the-client-1a2b3c4d5e6f7",
        ["Segment:WriteKey"] = "5ecret-of-the-write-key-1a2b3c4d5e",
    };

    [Fact]
    public async Task Secrets_WhateverHappens_AreNeitherLoggedNorAnswered()
    {
        await using var entra = await ForgingEntra.StartAsync();
        using var sandbox = new SandboxApp();
        var settings = LiveSettings.Of(sandbox, entra.Url + "/", PublicBaseUrl);
        settings["Twilio:Sync:AccountSid"] = SandboxApp.AccountSid;
        settings["Twilio:Sync:ApiKeySid"] = SandboxApp.ApiKeySid;
        foreach (var (key, secret) in Secrets) settings[key] = secret;
        // Sync never lets this AgentPay in, so its key ring stays shut.
        using var app = new AgentPayApp(settings, services => services.AddDataProtection()
            .UseEphemeralDataProtectionProvider(), LogLevel.Trace);
        app.Services.GetRequiredService<SyncKeyRing>().Open();

        var seen = await ExerciseAsync(app);

        // The account knows none of these secrets, so Twilio has refused AgentPay, which has said so.
        app.Log.Lines.ShouldContain(line => line.Contains("Twilio does not accept the API key for Sync", StringComparison.Ordinal));
        app.Log.Lines.ShouldContain(line => line.Contains("Sign-in failed", StringComparison.Ordinal));
        ShouldHoldNoSecret([.. seen, .. app.Log.Lines]);
    }

    [Fact]
    public async Task Secrets_OfTheSandbox_AreNeitherInTheLogOfPaymentsNorOnPages()
    {
        var bench = new ApiBench();
        await bench.InitializeAsync();
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);
        await agent.CaptureCardAsync(call, payment);
        (await agent.ChangeAsync(call.Sid, payment, "complete")).Status.ShouldBe(200);

        List<string> said = [.. await PagesOfAnAdminAsync(bench.App), .. bench.App.Log.Lines];

        await bench.DisposeAsync();
        foreach (
            var secret in (string[])[SandboxApp.AuthToken, SandboxApp.ApiKeySecret, "sandbox-client-secret", Basic(SandboxApp.AccountSid,
            SandboxApp.AuthToken), Basic(SandboxApp.ApiKeySid, SandboxApp.ApiKeySecret), agent.Token, agent.Token.Split('.')[1]])
            said.Where(text => text.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Secrets_WhenAgentPayCannotStart_AreNotInWhatItSays()
    {
        var arguments = Secrets.Select(secret => $"--{secret.Key}={secret.Value}");
        var start = new ProcessStartInfo("dotnet", [typeof(AgentPayOptions).Assembly.Location, "--environment=Production",
            "--AgentPay:Mode=Live", "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Trace", .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        };
        using var limit = new CancellationTokenSource(TestLimit.Time);
        using var process = Process.Start(start)!;
        await using var giveUp = limit.Token.Register(process.Kill);

        var outputs = await Task.WhenAll(process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());

        outputs[0].ShouldStartWith("AgentPay cannot start:");
        ShouldHoldNoSecret(outputs);
    }

    private static async Task<List<string>> PagesOfAnAdminAsync(AgentPayApp app)
    {
        using var browser = new HttpBrowser(app.Url);
        (await browser.SignInAsync(People.Tomas)).Dispose();
        List<string> pages = [];
        foreach (var page in (string[])["/", "/setup", "/history", "/pay"])
        {
            using var answer = await browser.GoAsync(page);
            pages.Add(answer + await answer.Content.ReadAsStringAsync());
        }
        return pages;
    }

    /// <summary>Pages, sign-ins, webhooks and calls of the API, good and bad; what was answered.</summary>
    private static async Task<List<string>> ExerciseAsync(AgentPayApp app)
    {
        List<string> seen = [];
        async Task KeepAsync(Task<HttpResponseMessage> sent)
        {
            using var answer = await sent;
            seen.Add(answer + await answer.Content.ReadAsStringAsync());
        }

        using var browser = new HttpBrowser(app.Url);
        using var away = await browser.GoAsync("/signin");
        var state = QueryHelpers.ParseQuery(away.Headers.Location!.Query)["state"];
        await KeepAsync(browser.GoAsync($"/signin-oidc?code=any&state={Uri.EscapeDataString(state!)}"));
        foreach (var page in (string[])["/", "/pay", "/setup", "/denied", "/signed-out", "/health/ready", "/health/live", "/nowhere"])
            await KeepAsync(browser.GoAsync(page));
        var form = new Dictionary<string, string> { ["CallSid"] = "CA" + new string('1', 32), ["CallStatus"] = "ringing",
            ["Direction"] = "inbound", ["From"] = "+61400000000", ["To"] = "+61280000000" };
        foreach (var route in Surface.Webhooks(app)) await KeepAsync(app.PostSignedAsync(route, form));
        // Rightly signed, so that it waits for Sync, and for the clock.
        var signature = RequestSignature.Sign(PublicBaseUrl + "/inboundHandler",
            form.Select(f => KeyValuePair.Create(f.Key, new StringValues(f.Value))), Secrets["Twilio:AuthToken"]);
        var twiml = app.PostAsync("/inboundHandler", new FormUrlEncodedContent(form), signature);
        await KeepAsync(twiml.PumpAsync(app.Clock));
        (await twiml).IsSuccessStatusCode.ShouldBeTrue();
        foreach (var route in Surface.Api(app))
            await KeepAsync(app.SendRawAsync(HttpMethod.Get, route, null, ("Authorization", "Bearer nonsense")));
        return seen;
    }

    private static void ShouldHoldNoSecret(IEnumerable<string> texts)
    {
        string[] forms =
            [.. Secrets.Values, .. Secrets.Values.Select(secret => secret[3..^3]),
            Basic(SandboxApp.AccountSid, Secrets["Twilio:AuthToken"]), Basic(SandboxApp.ApiKeySid, Secrets["Twilio:ApiKeySecret"]),
            Basic(SandboxApp.ApiKeySid, Secrets["Twilio:Sync:ApiKeySecret"])];
        texts.Where(text => forms.Any(form => text.Contains(form, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private static string Basic(string user, string password) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{user}:{password}"));
}

internal static class Waiting
{
    /// <summary>Lets a second pass whenever the work has stood still for a while.</summary>
    public static async Task<T> PumpAsync<T>(this Task<T> work, ManualClock clock)
    {
        while (!work.IsCompleted)
        {
            await ((Task)work).WaitAsync(TimeSpan.FromMilliseconds(100)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!work.IsCompleted) clock.Advance(TimeSpan.FromSeconds(1));
        }
        return await work;
    }
}
