using AgentPay.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Identity;

public sealed class AzureAdOptionsTests
{
    private const string Id = "0f0f0f0f-1111-2222-3333-444444444444";

    [Fact]
    public void Read_NothingConfigured_ListsEveryFailureWithItsKeyAndAnExample()
    {
        var failures = Failures([("TenantId", null), ("ClientId", " "), ("ClientSecret", "")]);

        failures.Length.ShouldBe(3);
        failures[0].ShouldBe("AzureAd:TenantId is missing. Example: 11111111-2222-3333-4444-555555555555.");
        failures[1].ShouldStartWith("AzureAd:ClientId is missing");
        failures[2].ShouldStartWith("AzureAd:ClientSecret is missing");
    }

    [Theory]
    [InlineData("TenantId", "common")]
    [InlineData("TenantId", "contoso.onmicrosoft.com")]
    [InlineData("ClientId", "{0f0f0f0f-1111-2222-3333-444444444444}")]
    [InlineData("Instance", "login.microsoftonline.com")]
    [InlineData("Instance", "http://login.microsoftonline.com/")]
    [InlineData("Instance", "//login.microsoftonline.com/")]
    [InlineData("Instance", "ftp://localhost/")]
    [InlineData("Instance", "https://me:secret@login.microsoftonline.com/")]
    [InlineData("Instance", "https://login.microsoftonline.com/?tenant=x")]
    [InlineData("Instance", "/sandbox/entra/#x")]
    [InlineData("CallbackPath", "signin-oidc")]
    [InlineData("CallbackPath", "//signin-oidc")]
    [InlineData("CallbackPath", "/")]
    [InlineData("CallbackPath", "/signin-oidc?a=b")]
    [InlineData("CallbackPath", "https://evil.example/")]
    [InlineData("SignedOutCallbackPath", "nonsense")]
    [InlineData("SignedOutCallbackPath", "/SIGNIN-OIDC")]
    public void Read_WrongValue_IsRefusedByItsKeyAndNotRepeated(string key, string value)
    {
        var failure = Failures([(key, value)]).ShouldHaveSingleItem();

        failure.ShouldStartWith($"AzureAd:{key} ");
        failure.ShouldContain("Example: ");
        if (value.Contains("secret", StringComparison.Ordinal)) failure.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("Instance", "/sandbox/entra/")]
    [InlineData("Instance", "http://127.0.0.1:5099/sandbox/entra")]
    [InlineData("Instance", "http://localhost:5099/sandbox/entra/")]
    [InlineData("Instance", "https://login.microsoftonline.us")]
    [InlineData("CallbackPath", "/deep/signin-oidc")]
    [InlineData("TenantId", "0F0F0F0F-1111-2222-3333-444444444444")]
    public void Read_AllowedValue_Passes(string key, string value) => Read([(key, value)]).ShouldNotBeNull();

    [Fact]
    public void Read_ACertificateInPlaceOfTheSecret_Passes()
    {
        using var certificate = new TestCertificate();

        Read([.. certificate.Settings.Select(s => (s.Key["AzureAd:".Length..], (string?)s.Value))]).ClientCredentials
            .ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("SignedAssertionFromManagedIdentity", "ManagedIdentityClientId", "0f0f0f0f-1111-2222-3333-444444444444")]
    [InlineData("KeyVault", "KeyVaultUrl", "https://vault.example")]
    public void Read_ACredentialThatIsElsewhere_IsNotAskedForAtTheStart(string source, string key, string value) =>
        Read([("ClientSecret", null), ("ClientCredentials:0:SourceType", source), ($"ClientCredentials:0:{key}", value)]).ClientCredentials
            .ShouldHaveSingleItem();

    [Theory]
    [InlineData("Path", "CertificateDiskPath", "/nowhere/secret.pfx", "cannot be loaded")]
    [InlineData("Base64Encoded", "Base64EncodedValue", "c2VjcmV0", "cannot be loaded")]
    [InlineData("StoreWithThumbprint", "CertificateThumbprint", "0000000000000000000000000000000000000000", "")]
    [InlineData("AutoDecryptKeys", "Base64EncodedValue", "x", "has a SourceType that is not supported: use one of Path, ")]
    [InlineData("ClientSecret", "ClientSecret", " ", "has no ClientSecret")]
    public void Read_AWrongCredential_IsRefusedByItsKey(string source, string key, string value, string why)
    {
        var failure = Failures([("ClientCredentials:0:SourceType", source), ($"ClientCredentials:0:{key}", value),
            ("ClientCredentials:0:CertificateStorePath", "CurrentUser/My")]).ShouldHaveSingleItem();

        failure.ShouldStartWith("AzureAd:ClientCredentials:0 " + why);
        failure.ShouldEndWith("https://aka.ms/ms-id-web-credentials.");
        failure.ShouldNotContain("secret.pfx");
    }

    [Fact]
    public void Read_EmptyText_CountsAsMissing() =>
        Read([("Instance", ""), ("CallbackPath", " "), ("SignedOutCallbackPath", ""), ("Audience", " ")]).ShouldSatisfyAllConditions(
            options => options.Instance.ShouldBe("https://login.microsoftonline.com/"),
            options => options.CallbackPath.ShouldBe("/signin-oidc"),
            options => options.SignedOutCallbackPath.ShouldBe("/signout-callback-oidc"),
            options => options.Audience.ShouldBeNull());

    [Fact]
    public void Read_TextWithBlanks_IsTrimmed() => Read([("ClientSecret", " the secret\n")]).ClientSecret.ShouldBe("the secret");

    private static AzureAdOptions Read((string Key, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?> { ["TenantId"] = Id, ["ClientId"] = Id, ["ClientSecret"] = "a secret" };
        foreach (var (key, value) in changes) settings[key] = value;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("AzureAd:" + s.Key, s.Value)));
        builder.Services.AddIdentity();
        using var provider = builder.Services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<AzureAdOptions>>().Value;
    }

    private static string[] Failures((string, string?)[] changes) =>
        [.. Should.Throw<OptionsValidationException>(() => Read(changes)).Failures];
}
