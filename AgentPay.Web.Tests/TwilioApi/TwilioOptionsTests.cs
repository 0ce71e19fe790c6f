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
        failures[0].ShouldBe("Twilio:AccountSid is missing. Set the environment variable Twilio__AccountSid, for example to AC0123456789abcdef0123456789abcdef.");
        failures[1].ShouldContain("Twilio__AuthToken");
        failures[2].ShouldContain("Twilio__ApiKeySid");
        failures[3].ShouldContain("Twilio__ApiKeySecret");
    }

    [Theory]
    [InlineData("AuthToken", "", "Twilio:AuthToken is missing")]
    [InlineData("AuthToken", "  ", "Twilio:AuthToken is missing")]
    [InlineData("AccountSid", "SK0123456789abcdef0123456789abcdef", "Twilio:AccountSid is not AC and 32 hexadecimal digits")]
    [InlineData("ApiKeySid", "SK0123", "Twilio:ApiKeySid is not SK and 32 hexadecimal digits")]
    [InlineData("ApiKeySecret", "", "Twilio:ApiKeySecret is missing")]
    [InlineData("ApiKeySecret", "too-short", "Twilio:ApiKeySecret is shorter than 32 characters")]
    [InlineData("Region", "evil.example/", "Twilio:Region is not the name of a region")]
    [InlineData("Region", "jp1", "Twilio:Edge is missing")]
    [InlineData("Edge", "dub.lin", "Twilio:Edge is not the name of an edge")]
    [InlineData("ApiBaseUrl", "api.twilio.com", "Twilio:ApiBaseUrl is neither")]
    [InlineData("ApiBaseUrl", "//api.twilio.com", "Twilio:ApiBaseUrl is neither")]
    [InlineData("ApiBaseUrl", "ftp://api.twilio.com", "Twilio:ApiBaseUrl is neither")]
    [InlineData("SyncBaseUrl", "https://user:password@sync.twilio.com", "Twilio:SyncBaseUrl is neither")]
    [InlineData("SyncBaseUrl", "https://sync.twilio.com?a=b", "Twilio:SyncBaseUrl is neither")]
    [InlineData("Sync:ApiKeySid", OtherKey, "Twilio:Sync:ApiKeySecret is missing. Set the environment variable Twilio__Sync__ApiKeySecret")]
    [InlineData("Sync:ApiKeySecret", "secret", "Twilio:Sync:ApiKeySid is missing")]
    [InlineData("Sync:AccountSid", OtherAccount, "Twilio:Sync:ApiKeySid is missing")]
    [InlineData("Sync:AccountSid", "nonsense", "Twilio:Sync:AccountSid is not AC")]
    public void Read_WrongValue_IsRefusedByItsKey(string key, string value, string words) =>
        Failures([(key, value)]).ShouldContain(failure => failure.StartsWith(words, StringComparison.Ordinal));

    [Fact]
    public void Read_SecretInThePlaceOfASid_IsNotRepeatedInTheFailure() =>
        Failures([("AccountSid", TwilioStub.Secret)]).ShouldNotContain(failure => failure.Contains(TwilioStub.Secret));

    [Theory]
    [InlineData("ApiBaseUrl", "/sandbox/twilio")]
    [InlineData("SyncBaseUrl", "http://localhost:5099/sandbox/sync/")]
    [InlineData("Region", "IE1")]
    [InlineData("Edge", "ashburn")]
    public void Read_AllowedValue_Passes(string key, string value) => Read([(key, value)]).ShouldNotBeNull();

    [Fact]
    public void Read_TextWithBlanks_IsTrimmed() => Read([("AccountSid", $" {TwilioStub.AccountSid}\n")]).AccountSid.ShouldBe(TwilioStub.AccountSid);

    [Fact]
    public void Read_EmptyOptionalText_CountsAsMissing() => Read([("Region", ""), ("SecondaryAuthToken", " ")]).ShouldSatisfyAllConditions(
        options => options.Region.ShouldBeNull(),
        options => options.SecondaryAuthToken.ShouldBeNull());

    [Fact]
    public void Read_NoSyncSection_TakesTheAccountsOwnCredentials() => Read([]).Sync.ShouldSatisfyAllConditions(
        sync => sync.AccountSid.ShouldBe(TwilioStub.AccountSid),
        sync => sync.ApiKeySid.ShouldBe(TwilioStub.ApiKeySid),
        sync => sync.ApiKeySecret.ShouldBe(TwilioStub.Secret));

    [Fact]
    public void Read_KeyForSyncOnly_LeavesTheAccountsOwnOptional()
    {
        var options = Read([("ApiKeySid", ""), ("ApiKeySecret", ""), ("Sync:ApiKeySid", OtherKey), ("Sync:ApiKeySecret", "another-secret-01234567890123456")]);

        options.Sync.AccountSid.ShouldBe(TwilioStub.AccountSid);
        options.Sync.ApiKeySid.ShouldBe(OtherKey);
        options.ApiKeySid.ShouldBeNull();
    }

    [Fact]
    public async Task Start_WrongOptions_StopsTheHost()
    {
        await using var app = App([("AuthToken", null)]);
        app.Urls.Add("http://127.0.0.1:0");

        (await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync())).Message.ShouldContain("Twilio__AuthToken");
    }

    private static TwilioOptions Read((string, string?)[] changes)
    {
        using var app = (IDisposable)App(changes);
        return ((WebApplication)app).Services.GetRequiredService<IOptions<TwilioOptions>>().Value;
    }

    private static string[] Failures((string, string?)[] changes) => [.. Should.Throw<OptionsValidationException>(() => Read(changes)).Failures];

    private static WebApplication App((string, string?)[] changes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(TwilioStub.Settings(changes));
        builder.Services.AddTwilio();
        return builder.Build();
    }
}
