using System.Net;
using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using AgentPay.Web.SelfTest;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.SelfTest;

public sealed class SelfTestTests
{
    private const string Wrong = "distinctive-and-wrong-0123456789";

    private static readonly IStringLocalizer<Words> Words =
        new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider().GetRequiredService<IStringLocalizer<Words>>();

    [Fact]
    public async Task Run_WithEverythingRight_FindsNothingWrong()
    {
        await using var bench = new SetupBench();
        await bench.App.ReadyAsync();

        var findings = await bench.RunAllAsync();

        findings.Where(finding => finding.Verdict == Verdict.Failed).ShouldBeEmpty();
        // The public address is this machine's, which in Live is worth a warning.
        findings.Count(finding => finding.Verdict == Verdict.Warning).ShouldBe(1);
    }

    [Fact]
    public async Task Run_WithAWrongKeySecret_NamesTheKeyWhereverItIsUsed()
    {
        await using var bench = new SetupBench(("Twilio:ApiKeySecret", Wrong));

        var (api, sync, trip) = (await bench.RunAsync<ApiCredentialsCheck>(), await bench.RunAsync<SyncServiceCheck>(),
            await bench.RunAsync<SyncRoundTripCheck>());

        api.ShouldBe(
            Finding.Failed("Twilio does not accept the credentials (401).",
            "Check Twilio:AccountSid, Twilio:ApiKeySid, Twilio:ApiKeySecret. A key works only in the region in which it was created (Twilio:Region)."));
        sync.Message.ShouldBe("Sync does not accept the API key (401).");
        sync.Advice!.ShouldContain("Twilio:ApiKeySecret");
        trip.Verdict.ShouldBe(Verdict.Failed);
        (await bench.RunAsync<AuthTokenCheck>()).Verdict.ShouldBe(Verdict.Good);
    }

    [Fact]
    public async Task Run_WithAWrongAuthToken_NamesItThoughTheApiKeyIsRight()
    {
        await using var bench = new SetupBench(("Twilio:AuthToken", Wrong));

        (await bench.RunAsync<ApiCredentialsCheck>()).Verdict.ShouldBe(Verdict.Good);
        (await bench.RunAsync<AuthTokenCheck>()).Advice!.ShouldContain("Twilio:AuthToken");
    }

    [Fact]
    public async Task Run_WithTheKeyOfAnotherRegionForSync_NamesItThere()
    {
        await using var bench = new SetupBench(("Twilio:Sync:ApiKeySid", SandboxApp.ApiKeySid), ("Twilio:Sync:ApiKeySecret", Wrong));

        (await bench.RunAsync<ApiCredentialsCheck>()).Verdict.ShouldBe(Verdict.Good);
        (await bench.RunAsync<SyncServiceCheck>()).Advice!.ShouldContain("us1");
    }

    [Fact]
    public async Task Run_WithASyncServiceThatDoesNotExist_NamesTheKey()
    {
        await using var bench = new SetupBench(("Sync:ServiceSid", "IS0123456789abcdef0123456789abcdef"));
        await Should.ThrowAsync<SyncNotReadyException>(bench.App.Services.GetRequiredService<SyncInventory>().ProvisionAsync(default));

        foreach (var finding in (Finding[])[await bench.RunAsync<SyncServiceCheck>(), await bench.RunAsync<SyncRoundTripCheck>(),
            await bench.RunAsync<SyncTokenCheck>()])
        {
            finding.Verdict.ShouldBe(Verdict.Failed);
            finding.Advice!.ShouldContain("Sync:ServiceSid");
        }
    }

    [Fact]
    public async Task Run_WhileTwilioIsOutOfOrder_SaysThatItIsTwilio()
    {
        await using var bench = new SetupBench();
        await bench.App.ReadyAsync();
        await bench.Control.SetFaultsAsync(new { syncError = 1.0, apiError = 1.0 });

        foreach (var finding in (Finding[])[await bench.RunAsync<ApiCredentialsCheck>(), await bench.RunAsync<SyncServiceCheck>()])
        {
            finding.Message.ShouldMatch(@"^Twilio has a problem \(status 5\d\d\)\.$");
            finding.Advice!.ShouldContain("status.twilio.com");
        }
    }

    [Fact]
    public async Task Run_WithAddressesWhereNobodyListens_NamesThem()
    {
        await using var bench = new SetupBench(
            ("Twilio:ApiBaseUrl", "http://127.0.0.1:1"), ("Twilio:SyncBaseUrl", "http://127.0.0.1:1"),
            ("AzureAd:Instance", "http://127.0.0.1:1/"), ("AgentPay:PublicBaseUrl", "http://127.0.0.1:1"));

        (await bench.RunAsync<ApiCredentialsCheck>()).ShouldBe(Finding.Failed("There is no connection to the server.",
            "Check Twilio:ApiBaseUrl, Twilio:Region, Twilio:Edge, and the firewall for outgoing connections."));
        (await bench.RunAsync<ClockCheck>()).Verdict.ShouldBe(Verdict.Failed);
        (await bench.RunAsync<SyncServiceCheck>()).Advice!.ShouldContain("Twilio:SyncBaseUrl");
        (await bench.RunAsync<EntraCheck>()).Advice!.ShouldContain("AzureAd:Instance");
    }

    [Fact]
    public async Task Run_WithAnotherTenant_SaysThatEntraDoesNotKnowIt()
    {
        await using var bench = new SetupBench(("AzureAd:TenantId", "99999999-0000-4000-8000-000000000009"));

        (await bench.RunAsync<EntraCheck>()).Message.ShouldStartWith("Entra does not know the tenant");
    }

    [Theory]
    [InlineData(365, Verdict.Good)]
    [InlineData(10, Verdict.Warning)]
    public async Task Run_WithACertificate_SaysWhenItExpires(int days, Verdict verdict)
    {
        using var certificate = new AgentPay.Web.Tests.Identity.TestCertificate(days);
        await using var bench = new SetupBench(certificate.Settings);

        var found = await bench.RunAsync<EntraCheck>();

        found.Verdict.ShouldBe(verdict);
        found.Message.ShouldStartWith("Entra answers, and its issuer is the tenant's. The certificate expires on ");
    }

    [Fact]
    public async Task Run_WithACredentialThatIsGone_SaysSo()
    {
        await using var bench = new SetupBench(
            ("AzureAd:ClientSecret", ""), ("AzureAd:ClientCredentials:0:SourceType", "SignedAssertionFilePath"),
            ("AzureAd:ClientCredentials:0:SignedAssertionFileDiskPath", "/nowhere"));

        (await bench.RunAsync<EntraCheck>()).Message
            .ShouldBe("No certificate or managed identity of AzureAd:ClientCredentials can be loaded.");
    }

    [Theory]
    [InlineData("""{"issuer":"https://login.microsoftonline.com/99999999-0000-4000-8000-000000000009/v2.0"}""",
        "Entra answers, but its issuer is that of another tenant.")]
    [InlineData("""{"issuer":"no address"}""", "The answer is not Entra's: it has no issuer.")]
    [InlineData("<html>a proxy</html>", "The answer is not Entra's: it has no issuer.")]
    public async Task Run_WithSomethingElseInPlaceOfEntra_SaysSo(string document, string said)
    {
        await using var other = await WebhookListener.StartAsync();
        await using var bench = new SetupBench(("AzureAd:Instance", other.Url));
        other.Answer($"/{AgentPay.Web.Tests.Identity.EntraForge.Tenant}/v2.0/.well-known/openid-configuration", 200, document,
            "application/json");

        (await bench.RunAsync<EntraCheck>()).Message.ShouldBe(said);
    }

    [Theory]
    [InlineData(30, Verdict.Good, "It agrees with Twilio's")]
    [InlineData(300, Verdict.Warning, "It is 300 s behind Twilio's.")]
    [InlineData(-300, Verdict.Warning, "It is 300 s ahead of Twilio's.")]
    public async Task Clock_ComparedWithTwilios_IsJudgedByTheDifference(int secondsAhead, Verdict verdict, string said)
    {
        await using var twilio = await WebhookListener.StartAsync();
        using var app = new AgentPayApp(SettingsOf(twilio));
        twilio.Script($"/2010-04-01/Accounts/{SandboxApp.AccountSid}.json", (context, _) =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.Date = app.Clock.GetUtcNow().AddSeconds(secondsAhead).ToString("r");
            return Task.CompletedTask;
        });

        var finding = await new ClockCheck(app.Services.GetRequiredService<VoiceSelfTest>()).RunAsync(SetupBench.Tomas, Words, default);

        finding.Verdict.ShouldBe(verdict);
        finding.Message.ShouldStartWith(said);
    }

    [Theory]
    [InlineData(401, "(401)", "Twilio:ApiKeySecret")]
    [InlineData(403, "(403)", "standard API key")]
    [InlineData(404, "(404)", "Twilio:AccountSid")]
    [InlineData(429, "(429)", "Wait a minute")]
    [InlineData(503, "(status 503)", "status.twilio.com")]
    [InlineData(418, "status 418", "Twilio:ApiBaseUrl")]
    public void RequestProblem_OfAStatus_SaysWhatItMeansAndWhatToDo(int status, string said, string toDo)
    {
        var finding = RequestProblem.ForVoice(new RequestFailure((HttpStatusCode)status, Code: null, Connection: null, NotReady: null),
            Words);

        finding.Message.ShouldContain(said);
        finding.Advice!.ShouldContain(toDo);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "DNS")]
    [InlineData(HttpRequestError.SecureConnectionError, "TLS")]
    [InlineData(HttpRequestError.ConnectionError, "no connection")]
    [InlineData(HttpRequestError.ResponseEnded, "no valid answer in time")]
    public void RequestProblem_OfAConnection_SaysWhere(HttpRequestError error, string said) =>
        RequestProblem.ForVoice(new RequestFailure(Status: null, Code: null, new HttpRequestException(error), NotReady: null),
            Words).Message.ShouldContain(said);

    [Theory]
    [InlineData(200, "Healthy", Verdict.Good)]
    [InlineData(200, "Welcome to nginx", Verdict.Warning)]
    [InlineData(302, "", Verdict.Warning)]
    [InlineData(502, "", Verdict.Warning)]
    public async Task PublicAddress_WhateverAnswersThere_IsToldApart(int status, string said, Verdict verdict)
    {
        await using var proxy = await WebhookListener.StartAsync();
        proxy.Answer("/health/live", status, said, "text/plain");

        (await CheckPublicAddressAsync(proxy.Url)).Verdict.ShouldBe(verdict);
    }

    [Fact]
    public async Task PublicAddress_ThatNobodyAnswers_IsAWarningAndSaysHowToSeeFromOutside()
    {
        var finding = await CheckPublicAddressAsync("http://127.0.0.1:1");

        finding.Verdict.ShouldBe(Verdict.Warning);
        finding.Advice!.ShouldContain("http://127.0.0.1:1/health/live");
    }

    [Theory]
    [InlineData("pbx.example.com", Verdict.Failed)]
    [InlineData("pbx.local-without-dots.example.com:5061;transport=tls", Verdict.Failed)]
    [InlineData("pbx", Verdict.Warning)]
    [InlineData("10.1.2.3:5060", Verdict.Warning)]
    [InlineData("sip.agentpay.test:5061;transport=tls", Verdict.Good)]
    public async Task Origination_ByItsLook_IsJudged(string uri, Verdict verdict)
    {
        var live = Options.Create(new AgentPayOptions { Mode = AgentPayMode.Live });
        var check = new OriginationCheck(Options.Create(new VoiceOptions { OriginationUri = uri }), live);

        (await check.RunAsync(SetupBench.Tomas, Words, default)).Verdict.ShouldBe(verdict);
    }

    [Fact]
    public async Task CallerId_ThatIsMissing_IsAWarning() =>
        (await new CallerIdCheck(Options.Create(new VoiceOptions())).RunAsync(SetupBench.Tomas, Words, default))
            .Advice!.ShouldContain("Voice:CallerId");

    [Fact]
    public async Task Run_OfACheckWithoutAnAnswer_EndsAtTheTimeout()
    {
        var clock = new ManualClock();
        var running = Test(clock).RunAsync(new Stuck(), SetupBench.Tomas, default);

        await clock.TimerAsync(Timeouts.SelfTestCheck);
        clock.Advance(Timeouts.SelfTestCheck);

        (await running).Message.ShouldBe("There was no answer within 12 seconds.");
    }

    [Fact]
    public async Task Run_OfACheckThatNobodyWaitsFor_IsCancelled()
    {
        using var left = new CancellationTokenSource();
        var running = Test(new ManualClock()).RunAsync(new Stuck(), SetupBench.Tomas, left.Token);

        await left.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
    }

    [Fact]
    public async Task Run_OfACheckThatBreaks_SaysSoAndLogsIt()
    {
        var log = new KeptLog();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(log));

        var finding = await new SelfTestRunner([], Words, new ManualClock(), logs.CreateLogger<SelfTestRunner>())
            .RunAsync(new Broken(), SetupBench.Tomas, default);

        finding.Verdict.ShouldBe(Verdict.Failed);
        log.Lines.ShouldContain(line => line.Contains("Self-test check Broken failed with an exception"));
    }

    [Fact]
    public async Task Run_WithSecretsThatAreWrong_RepeatsNoneOfThem()
    {
        await using var bench = new SetupBench(
            ("Twilio:AuthToken", Wrong + "a"), ("Twilio:ApiKeySecret", Wrong + "b"), ("Twilio:SecondaryAuthToken", Wrong + "c"),
            ("AzureAd:ClientSecret", Wrong + "d"), ("Segment:WriteKey", Wrong + "e"));

        foreach (var finding in await bench.RunAllAsync()) $"{finding.Message} {finding.Advice}".ShouldNotContain(Wrong);
    }

    private static SelfTestRunner Test(TimeProvider clock) => new([], Words, clock, NullLogger<SelfTestRunner>.Instance);

    private static async Task<Finding> CheckPublicAddressAsync(string url)
    {
        var options = Options.Create(new AgentPayOptions { PublicBaseUrl = url });
        // The server is asked only for an address that no setting gives.
        using var check = new PublicAddressCheck(new(options, server: null!), options);
        return await check.RunAsync(SetupBench.Tomas, Words, default);
    }

    private static Dictionary<string, string?> SettingsOf(WebhookListener twilio) => new()
    {
        ["AgentPay:Mode"] = "Live",
        ["AgentPay:PublicBaseUrl"] = "http://localhost:7080",
        ["Voice:OriginationUri"] = "pbx.agentpay.test",
        ["Twilio:AccountSid"] = SandboxApp.AccountSid,
        ["Twilio:AuthToken"] = SandboxApp.AuthToken,
        ["Twilio:ApiKeySid"] = SandboxApp.ApiKeySid,
        ["Twilio:ApiKeySecret"] = SandboxApp.ApiKeySecret,
        ["Twilio:ApiBaseUrl"] = twilio.Url,
        ["Twilio:SyncBaseUrl"] = twilio.Url,
        ["AzureAd:TenantId"] = AgentPay.Web.Tests.Identity.EntraForge.Tenant,
        ["AzureAd:ClientId"] = AgentPay.Web.Tests.Identity.EntraForge.ClientId,
        ["AzureAd:ClientSecret"] = "any",
    };

    private sealed class Stuck : ICheck
    {
        public string Title(IStringLocalizer<Words> words) => "Stuck";

        public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
            return Finding.Good("never");
        }
    }

    private sealed class Broken : ICheck
    {
        public string Title(IStringLocalizer<Words> words) => "Broken";

        public Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation) =>
            throw new InvalidOperationException("a bug");
    }
}
