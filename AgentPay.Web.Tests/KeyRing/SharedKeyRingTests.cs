using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AgentPay.Web.KeyRing;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.KeyRing;

/// <summary>Several instances that share their keys over Sync, and a browser whose requests reach any of them.</summary>
public sealed class SharedKeyRingTests : IDisposable
{
    private readonly SandboxApp _sandbox = new();
    private readonly List<AgentPayApp> _apps = [];
    private readonly HttpBrowser _browser;

    public SharedKeyRingTests() => _browser = new(_sandbox.Url);

    [Fact]
    public async Task Session_BegunOnOneInstance_IsGoodOnAnother()
    {
        var (one, other) = (await StartAsync(), await StartAsync());

        await SignInAsync(one, one);

        (await TokenAsync(other)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignIn_BegunOnOneInstance_FinishesOnAnother()
    {
        var (one, other) = (await StartAsync(), await StartAsync());

        await SignInAsync(one, other);

        (await TokenAsync(one)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Form_OfOneInstance_IsTakenByAnother()
    {
        var (one, other) = (await StartAsync(), await StartAsync());
        await SignInAsync(one, one);
        using var page = await _browser.GoAsync(new Uri(one.Url, "/denied?reason=no-role").AbsoluteUri);

        using var answer = await _browser.SubmitAsync(new Uri(other.Url, "/signout").AbsoluteUri, await People.SignOutFormAsync(page));

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        _browser.ShouldHaveNoSession();
    }

    [Fact]
    public async Task Session_AfterARestart_IsStillGood()
    {
        var before = await StartAsync();
        await SignInAsync(before, before);
        before.Dispose();

        var after = await StartAsync();

        (await TokenAsync(after)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ring_OfInstancesThatStartTogether_HasOneKey()
    {
        // The test hosts do not wait for each other's services, so the service exists before them.
        using var form = new FormUrlEncodedContent([new("FriendlyName", "AgentPay")]);
        using var created = await _sandbox.Http.PostAsync("sandbox/sync/v1/Services", form);
        var service = JsonDocument.Parse(await created.Content.ReadAsStringAsync()).RootElement.GetProperty("sid").GetString()!;

        var apps = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => StartAsync(("Sync:ServiceSid", service)))));

        (await RingAsync(apps[0]))["keys"]!.Value.GetArrayLength().ShouldBe(1);
        await SignInAsync(apps[0], apps[1]);
        (await TokenAsync(apps[2])).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ring_InSync_HoldsNoKeyInClear()
    {
        var xml = (await RingAsync(await StartAsync()))["keys"]!.Value[0].GetProperty("xml").GetString()!;

        xml.ShouldContain("<sealed");
        xml.ShouldNotContain("masterKey");
    }

    [Fact]
    public async Task Ring_OfAnEarlierVersion_IsStillRead()
    {
        var one = await StartAsync();
        await SignInAsync(one, one);
        var ring = await _sandbox.Http.GetStringAsync(RingUrl(one));
        var data = JsonDocument.Parse(ring).RootElement.GetProperty("data").GetRawText();
        data.ShouldContain("AgentPay.Web.KeyRing.KeyRingDecryptor");
        var old = data.Replace("AgentPay.Web.KeyRing.KeyRingDecryptor", "AgentPay.Web.Identity.KeyRingDecryptor", StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([new("Data", old)]);
        (await _sandbox.Http.PostAsync(RingUrl(one), form)).EnsureSuccessStatusCode();

        var other = await StartAsync();

        (await TokenAsync(other)).ShouldBe(HttpStatusCode.OK);
        (await RingAsync(other))["keys"]!.Value.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Instance_UnderAnotherSecret_LeavesTheKeysOutAndMakesItsOwn()
    {
        var one = await StartAsync();
        await SignInAsync(one, one);

        var other = await StartAsync(("AgentPay:KeyRingSecret", new string('k', 32)));

        (await TokenAsync(other)).ShouldBe(HttpStatusCode.Unauthorized);
        other.Log.Lines.Count(line => line.StartsWith("Warning: Skipped 1 keys of the key ring", StringComparison.Ordinal)).ShouldBe(1);
        other.Log.Lines.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
        (await TokenAsync(one)).ShouldBe(HttpStatusCode.OK);
        await SignInAsync(other, other);
        (await TokenAsync(other)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Instances_UnderOneCertificate_ShareTheirSessions()
    {
        using var file = new CertificateFile();
        (string, string)[] settings =
            [("AgentPay:KeyRingCertificate", file.Path), ("AgentPay:KeyRingCertificatePassword", CertificateFile.Password)];
        var (one, other) = (await StartAsync(settings), await StartAsync(settings));

        await SignInAsync(one, other);

        (await TokenAsync(one)).ShouldBe(HttpStatusCode.OK);
        (await RingAsync(one))["keys"]!.Value[0].GetProperty("xml").GetString()!.ShouldContain("EncryptedData");
    }

    [Fact]
    public async Task Page_WhileSyncIsDownSinceTheStart_AsksToComeBackAndWorksLater()
    {
        await _sandbox.Control.SetFaultsAsync(new { syncError = 1.0 });
        var app = LiveApp.Start(_sandbox);
        _apps.Add(app);
        (await app.Http.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var page = _browser.GoAsync(new Uri(app.Url, "/signin").AbsoluteUri);
        await app.Clock.TimerAsync(TimeSpan.FromSeconds(5));
        await PumpAsync(app, page);

        (await page).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await page).Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        await _sandbox.Control.SetFaultsAsync(new { });
        await PumpAsync(app, app.OpenedAsync());
        await SignInAsync(app, app);
        (await TokenAsync(app)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ring_DeletedFromSync_IsPutBackByWhoKnowsIt()
    {
        var one = await StartAsync();
        (await _sandbox.Http.DeleteAsync(RingUrl(one))).EnsureSuccessStatusCode();

        await one.Services.GetRequiredService<SyncKeyRing>().RefreshAsync(default);

        (await RingAsync(one))["keys"]!.Value.GetArrayLength().ShouldBe(1);
    }

    public void Dispose()
    {
        _browser.Dispose();
        foreach (var app in _apps) app.Dispose();
        _sandbox.Dispose();
    }

    private Task<AgentPayApp> StartAsync() => StartAsync([]);

    private async Task<AgentPayApp> StartAsync(params (string, string)[] settings)
    {
        var app = LiveApp.Start(_sandbox, settings);
        lock (_apps) _apps.Add(app);
        await app.OpenedAsync();
        return app;
    }

    private async Task SignInAsync(AgentPayApp begin, AgentPayApp end)
    {
        using var away = await _browser.ChooseAsync(new Uri(begin.Url, "/signin").AbsoluteUri, new() { ["person"] = People.Amara });
        using var back = await _browser.GoAsync(end.At(away.Headers.Location!));
        back.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    private async Task<HttpStatusCode> TokenAsync(AgentPayApp app)
    {
        using var answer = await _browser.FetchAsync(HttpMethod.Post, new Uri(app.Url, "/getSyncToken").AbsoluteUri);
        return answer.StatusCode;
    }

    /// <summary>Reads the document of the key ring from Sync.</summary>
    private async Task<Dictionary<string, JsonElement?>> RingAsync(AgentPayApp app)
    {
        var document = JsonDocument.Parse(await _sandbox.Http.GetStringAsync(RingUrl(app)));
        return document.RootElement.GetProperty("data").EnumerateObject().ToDictionary(p => p.Name, p => (JsonElement?)p.Value);
    }

    private static string RingUrl(AgentPayApp app) =>
        $"sandbox/sync/v1/Services/{app.Services.GetRequiredService<SyncSpace>().Service}/Documents/{SyncKeyRing.Document}";

    /// <summary>Advances the clock until the task is done.</summary>
    private static async Task PumpAsync(AgentPayApp app, Task work)
    {
        while (!work.IsCompleted)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await work.WaitAsync(TimeSpan.FromMilliseconds(50)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await work;
    }

    private sealed class CertificateFile : IDisposable
    {
        public const string Password = "of-the-test";

        public CertificateFile()
        {
            using var rsa = RSA.Create(2048);
            var request = new CertificateRequest("CN=AgentPay", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            File.WriteAllBytes(Path, certificate.Export(X509ContentType.Pkcs12, Password));
        }

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
