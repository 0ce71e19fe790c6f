using System.Net.Http.Headers;
using System.Text;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.TwilioApi;

public sealed class TwilioHostsTests
{
    [Theory]
    [InlineData(null, null, "https://api.twilio.com")]
    [InlineData("us1", null, "https://api.ashburn.us1.twilio.com")]
    [InlineData("ie1", null, "https://api.dublin.ie1.twilio.com")]
    [InlineData("au1", null, "https://api.sydney.au1.twilio.com")]
    [InlineData("au1", "singapore", "https://api.singapore.au1.twilio.com")]
    [InlineData(null, "dublin", "https://api.dublin.us1.twilio.com")]
    public void BaseUrl_RegionAndEdge_GiveTheVoiceHost(string? region, string? edge, string url) =>
        BaseUrl(TwilioProduct.Voice, ("Region", region), ("Edge", edge)).ShouldBe(url);

    [Fact]
    public void BaseUrl_SyncWithARegion_StaysInUs1() =>
        BaseUrl(TwilioProduct.Sync, ("Region", "au1"), ("Edge", "sydney")).ShouldBe("https://sync.twilio.com");

    [Theory]
    [InlineData("http://localhost:5099/sandbox/twilio")]
    [InlineData("http://localhost:5099/sandbox/twilio/")]
    public void BaseUrl_Override_WinsOverRegionAndLosesItsTrailingSlash(string url) =>
        BaseUrl(TwilioProduct.Voice, ("Region", "au1"), ("ApiBaseUrl", url)).ShouldBe("http://localhost:5099/sandbox/twilio");

    [Fact]
    public async Task FetchAsync_BaseOnThisServer_IsResolvedOnceItListens()
    {
        await using var clients = Clients([("ApiBaseUrl", "/sandbox/twilio")]);
        clients.Host.Urls.Add("http://127.0.0.1:0");
        clients.Host.MapGet($"/sandbox/twilio{TwilioStub.CallPath}", () => Results.Text(Bodies.Call, "application/json"));
        var calls = clients.Calls;
        await clients.Host.StartAsync();

        (await calls.FetchAsync(TwilioStub.Call)).Sid.ShouldBe(TwilioStub.Call);
    }

    [Fact]
    public async Task Credentials_KeyGiven_IsPreferredToTheAuthToken()
    {
        await using var stub = await TwilioStub.StartAsync();

        (await CredentialsAsync(stub)).ShouldBe($"{TwilioStub.ApiKeySid}:{TwilioStub.Secret}");
    }

    [Fact]
    public async Task Credentials_NoKeyForVoice_AreAccountAndToken()
    {
        await using var stub = await TwilioStub.StartAsync(
            ("ApiKeySid", ""),
            ("ApiKeySecret", ""),
            ("Sync:ApiKeySid", TwilioStub.ApiKeySid),
            ("Sync:ApiKeySecret", "the-secret-of-us1-00000000000000"));

        (await CredentialsAsync(stub)).ShouldBe($"{TwilioStub.AccountSid}:{TwilioStub.AuthToken}");
    }

    [Fact]
    public async Task Credentials_OfSync_AreItsOwnWhereGiven()
    {
        await using var stub = await TwilioStub.StartAsync(
            ("Sync:ApiKeySid", "SKffffffffffffffffffffffffffffffff"), ("Sync:ApiKeySecret", "the-secret-of-us1-00000000000000"));
        stub.Answers(TwilioStub.ServicePath, new Answer(200, Bodies.Service));

        await stub.Sync.Services.FetchAsync(TwilioStub.Service);

        Credentials(stub.Received.Single()).ShouldBe("SKffffffffffffffffffffffffffffffff:the-secret-of-us1-00000000000000");
    }

    private static async Task<string> CredentialsAsync(TwilioStub stub)
    {
        stub.Answers(TwilioStub.CallPath, new Answer(200, Bodies.Call));
        await stub.Calls.FetchAsync(TwilioStub.Call);
        return Credentials(stub.Received.Single());
    }

    private static string Credentials(ReceivedWebhook request) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(AuthenticationHeaderValue.Parse(request.Header("Authorization")!).Parameter!));

    private static string BaseUrl(TwilioProduct product, params (string, string?)[] changes)
    {
        using var host = (IDisposable)Clients(changes).Host;
        return ((WebApplication)host).Services.GetRequiredService<TwilioHosts>().BaseUrl(product);
    }

    private static TwilioClients Clients((string, string?)[] changes) => new(TwilioStub.Settings(changes), new ManualClock());
}
