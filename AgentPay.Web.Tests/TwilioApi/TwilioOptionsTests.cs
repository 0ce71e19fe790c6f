using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.TwilioApi;

public sealed class TwilioOptionsTests
{
    private const string OtherAccount = "ACffffffffffffffffffffffffffffffff";
    private const string OtherKey = "SKffffffffffffffffffffffffffffffff";

    [Fact]
    public void Read_NothingConfigured_ListsEveryFailureWithItsKeyAndAnExample()
    {
        var failures = Failures([("AccountSid", null), ("AuthToken", null), ("ApiKeySid", null), ("ApiKeySecret", null)]);

        failures.Length.ShouldBe(4);
        failures[0].ShouldBe("Twilio:AccountSid is missing. Example: AC0123456789abcdef0123456789abcdef.");
        failures[1].ShouldStartWith("Twilio:AuthToken is missing");
        failures[2].ShouldStartWith("Twilio:ApiKeySid is missing");
        failures[3].ShouldStartWith("Twilio:ApiKeySecret is missing");
    }

    [Theory]
    [InlineData("AuthToken", "", "Twilio:AuthToken is missing")]
    [InlineData("AuthToken", "  ", "Twilio:AuthToken is missing")]
    [InlineData("AccountSid", "SK0123456789abcdef0123456789abcdef", "Twilio:AccountSid must be AC and 32 hexadecimal digits")]
    [InlineData("ApiKeySid", "SK0123", "Twilio:ApiKeySid must be SK and 32 hexadecimal digits")]
    [InlineData("ApiKeySecret", "", "Twilio:ApiKeySecret is missing")]
    [InlineData("ApiKeySecret", "too-short", "Twilio:ApiKeySecret must have at least 32 characters")]
    [InlineData("Region", "evil.example/", "Twilio:Region must be the name of a region")]
    [InlineData("Region", "jp1", "Twilio:Edge is missing")]
    [InlineData("Edge", "dub.lin", "Twilio:Edge must be the name of an edge")]
    [InlineData("ApiBaseUrl", "api.twilio.com", "Twilio:ApiBaseUrl must be an absolute http or https URL")]
    [InlineData("ApiBaseUrl", "//api.twilio.com", "Twilio:ApiBaseUrl must be an absolute http or https URL")]
    [InlineData("ApiBaseUrl", "ftp://api.twilio.com", "Twilio:ApiBaseUrl must be an absolute http or https URL")]
    [InlineData("SyncBaseUrl", "https://user:password@sync.twilio.com", "Twilio:SyncBaseUrl must be an absolute http or https URL")]
    [InlineData("SyncBaseUrl", "https://sync.twilio.com?a=b", "Twilio:SyncBaseUrl must be an absolute http or https URL")]
    [InlineData("Sync:ApiKeySid", OtherKey, "Twilio:Sync:ApiKeySecret is missing. Set the secret")]
    [InlineData("Sync:ApiKeySecret", "secret", "Twilio:Sync:ApiKeySid is missing")]
    [InlineData("Sync:AccountSid", OtherAccount, "Twilio:Sync:ApiKeySid is missing")]
    [InlineData("Sync:AccountSid", "nonsense", "Twilio:Sync:AccountSid must be AC")]
    [InlineData("Sync:ApiKeySecret", "secret", "Twilio:Sync:ApiKeySecret must have at least 32 characters")]
    [InlineData("Sync", "secret", "Twilio:Sync must be a section")]
    [InlineData("AuthTokn", TwilioStub.Secret, "Twilio:AuthTokn is not a setting. Accepted: AccountSid, AuthToken, ")]
    public void Read_WrongValue_IsRefusedByItsKey(string key, string value, string words) =>
        Failures([(key, value)]).ShouldContain(failure => failure.StartsWith(words, StringComparison.Ordinal));

    [Theory]
    [InlineData("AccountSid")]
    [InlineData("AuthTokn")]
    [InlineData("Sync")]
    [InlineData("ApiBaseUrl")]
    public void Read_SecretInAnotherPlace_IsNotRepeatedInTheFailure(string key) =>
        Failures([(key, TwilioStub.Secret)]).ShouldHaveSingleItem().ShouldNotContain(TwilioStub.Secret);

    [Fact]
    public void Read_KeyOfTheAccountForSyncInAnotherAccount_IsRefused() =>
        Failures([("Sync:AccountSid", OtherAccount), ("Sync:ApiKeySid", TwilioStub.ApiKeySid), ("Sync:ApiKeySecret", TwilioStub.Secret)])
            .ShouldBe(["Twilio:Sync:ApiKeySid must be a key of Twilio:Sync:AccountSid."]);

    [Theory]
    [InlineData("ApiBaseUrl", "/sandbox/twilio")]
    [InlineData("SyncBaseUrl", "http://localhost:5099/sandbox/sync/")]
    [InlineData("Region", "IE1")]
    [InlineData("Edge", "ashburn")]
    public void Read_AllowedValue_Passes(string key, string value) => Read([(key, value)]).ShouldNotBeNull();

    [Fact]
    public void Read_TextWithBlanks_IsTrimmed() =>
        Read([("AccountSid", $" {TwilioStub.AccountSid}\n")]).AccountSid.ShouldBe(TwilioStub.AccountSid);

    [Fact]
    public void Read_EmptyOptionalText_CountsAsMissing() => Read([("Region", ""), ("SecondaryAuthToken", " ")]).ShouldSatisfyAllConditions(
        options => options.Region.ShouldBeNull(),
        options => options.SecondaryAuthToken.ShouldBeNull());

    [Fact]
    public void Read_NoSyncSection_TakesTheAccountsOwnCredentials() => Read([]).SyncCredentials().ShouldSatisfyAllConditions(
        sync => sync.AccountSid.ShouldBe(TwilioStub.AccountSid),
        sync => sync.ApiKeySid.ShouldBe(TwilioStub.ApiKeySid),
        sync => sync.ApiKeySecret.ShouldBe(TwilioStub.Secret));

    [Fact]
    public void Read_KeyForSyncOnly_LeavesTheAccountsOwnOptional()
    {
        var options = Read([("ApiKeySid", ""), ("ApiKeySecret", ""), ("Sync:ApiKeySid", OtherKey),
            ("Sync:ApiKeySecret", "another-secret-01234567890123456")]);

        options.SyncCredentials().AccountSid.ShouldBe(TwilioStub.AccountSid);
        options.SyncCredentials().ApiKeySid.ShouldBe(OtherKey);
        options.ApiKeySid.ShouldBeNull();
    }

    [Fact]
    public async Task Start_WrongOptions_StopsTheHost()
    {
        await using var app = App([("AuthToken", null)]);
        app.Urls.Add("http://127.0.0.1:0");

        (await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync())).Message.ShouldContain("Twilio:AuthToken is missing");
    }

    private static TwilioOptions Read((string, string?)[] changes)
    {
        using var app = (IDisposable)App(changes);
        return ((WebApplication)app).Services.GetRequiredService<IOptions<TwilioOptions>>().Value;
    }

    private static string[] Failures((string, string?)[] changes) =>
        [.. Should.Throw<OptionsValidationException>(() => Read(changes)).Failures];

    private static WebApplication App((string, string?)[] changes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(TwilioStub.Settings(changes));
        builder.Services.AddTwilio();
        return builder.Build();
    }
}
