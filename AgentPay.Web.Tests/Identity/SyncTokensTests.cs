using System.Text.Json.Nodes;
using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Tests.Identity;

public sealed class SyncTokensTests
{
    private const string SyncAccount = "AC11111111111111111111111111111111";
    private const string SyncKey = "SK11111111111111111111111111111111";
    private const string Service = "IS11111111111111111111111111111111";

    private static readonly CurrentUser Amara = new("7", "Amara", "amara@example.com", []);

    private readonly SyncSpace _space = new();
    private readonly SyncTokens _tokens;

    public SyncTokensTests()
    {
        var options = new TwilioOptions
        {
            AccountSid = SandboxApp.AccountSid,
            ApiKeySid = SandboxApp.ApiKeySid,
            ApiKeySecret = SandboxApp.ApiKeySecret,
            Sync = { AccountSid = SyncAccount, ApiKeySid = SyncKey, ApiKeySecret = "the-secret-of-us1-00000000000000" },
        };
        _tokens = new(_space, Options.Create(options), new ManualClock());
    }

    [Fact]
    public void Mint_WithCredentialsForSync_IsUnderThose()
    {
        _space.Ready(Service);

        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(_tokens.Mint(Amara).Split('.')[1]))!;

        claims["iss"]!.GetValue<string>().ShouldBe(SyncKey);
        claims["sub"]!.GetValue<string>().ShouldBe(SyncAccount);
        claims["grants"]!["data_sync"]!["service_sid"]!.GetValue<string>().ShouldBe(Service);
    }

    [Fact]
    public void Verify_TokenOfOurs_IsItsPrincipalName()
    {
        _space.Ready(Service);

        _tokens.Verify(_tokens.Mint(Amara)).Identity.ShouldBe("amara@example.com");
    }

    [Fact]
    public void EitherWay_BeforeSyncIsReady_Throws()
    {
        Should.Throw<SyncNotReadyException>(() => _tokens.Mint(Amara));
        Should.Throw<SyncNotReadyException>(() => _tokens.Verify("a.b.c"));
    }
}
