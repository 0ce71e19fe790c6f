using System.Text.RegularExpressions;
using AgentPay.Web.Analytics;
using AgentPay.Web.Calls;
using AgentPay.Web.Events;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Sandbox;
using AgentPay.Web.SelfTest;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using AgentPay.Web.WebPages;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.SelfTest;

/// <summary>Every setting is shown on the setup page and explained in docs/configuration.md.</summary>
public sealed partial class SettingsTests
{
    private static readonly IReadOnlyList<string> Configurable =
    [
        .. KeysOf(AgentPayOptions.Section, typeof(AgentPayOptions)),
        .. KeysOf(AzureAdOptions.Section, typeof(AzureAdOptions)), .. KeysOf(TwilioOptions.Section, typeof(TwilioOptions)),
        .. KeysOf(SyncOptions.Section, typeof(SyncOptions)), .. KeysOf(VoiceOptions.Section, typeof(VoiceOptions)),
        .. KeysOf(PaymentsOptions.Section, typeof(PaymentsOptions)), .. KeysOf(SegmentOptions.Section, typeof(SegmentOptions)),
        .. KeysOf(EventsOptions.Section, typeof(EventsOptions)),
        .. KeysOf(ConsoleOptions.Section, typeof(ConsoleOptions)),
    ];

    [Fact]
    public async Task Read_EveryOption_IsShown()
    {
        await using var app = new AgentPayApp();

        Shown(app).Where(setting => !setting.Key.StartsWith("Sandbox:", StringComparison.Ordinal)).Select(setting => setting.Key).Order().ShouldBe(Configurable.Order());
    }

    [Fact]
    public async Task Read_OptionsOfTheSandbox_AreShownAndExplained()
    {
        await using var app = new AgentPayApp();
        var explained = Explained(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "sandbox.md")));
        var keys = KeysOf(SandboxOptions.Section, typeof(SandboxOptions)).ToList();

        Shown(app).Select(setting => setting.Key).ShouldBeSubsetOf([.. keys, .. Configurable]);
        keys.Except(explained).ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_Secrets_AreNotShown()
    {
        await using var app = new AgentPayApp();

        var shown = Shown(app);

        // By its name, so that the test does not depend on the attribute.
        var secrets = shown.Where(setting => SecretName().IsMatch(setting.Key)).ToList();
        secrets.Select(setting => setting.Key).ShouldBe(
            [
                "AgentPay:KeyRingSecret", "AgentPay:KeyRingCertificatePassword", "AzureAd:ClientSecret", "AzureAd:ClientCredentials", "Events:Secret", "Segment:WriteKey",
                "Twilio:AuthToken", "Twilio:SecondaryAuthToken", "Twilio:ApiKeySecret", "Twilio:Sync:ApiKeySecret",
            ]);
        secrets.ShouldAllBe(setting => setting.Shown == null);
        secrets.Single(setting => setting.Key == "Twilio:AuthToken").State.ShouldBe(SettingState.Set);
    }

    [Theory]
    [InlineData("Sync:ItemTtl", "12:00:00", SettingState.Default)]
    [InlineData("Sync:AclEnabled", "true", SettingState.Set)]
    [InlineData("Sync:MirrorPartials", "false", SettingState.Default)]
    [InlineData("Voice:CallerId", null, SettingState.NotSet)]
    [InlineData("Payments:Profiles", "Shop, Phone", SettingState.Set)]
    [InlineData("AgentPay:AllowedOrigins", "https://a.example, https://b.example", SettingState.Set)]
    [InlineData("AgentPay:RateLimits:ApiPerMinute", "6000", SettingState.Default)]
    public async Task Read_AnOption_HasTheValueInEffectAndWhetherItIsSet(string key, string? value, object state)
    {
        await using var app = new AgentPayApp(new()
        {
            ["Sync:AclEnabled"] = "true",
            ["Payments:Profiles:0:Name"] = "Shop",
            ["Payments:Profiles:1:Name"] = "Phone",
            ["AgentPay:AllowedOrigins:0"] = "https://a.example",
            ["AgentPay:AllowedOrigins:1"] = "https://b.example",
        });

        var setting = Shown(app).Single(setting => setting.Key == key);

        (setting.Shown, (object)setting.State).ShouldBe((value, state));
    }

    [Fact]
    public async Task Documentation_EveryOption_IsExplained()
    {
        var documentation = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "configuration.md"));

        Configurable.Except(Explained(documentation)).ShouldBeEmpty();
    }

    private static List<Setting> Shown(AgentPayApp app) => [.. ActivatorUtilities.CreateInstance<Settings>(app.Services).Read().SelectMany(group => group.Settings)];

    /// <summary>The keys in the first cells of tables; <c>:Name</c> is of the section of the one before.</summary>
    private static IEnumerable<string> Explained(string documentation)
    {
        var section = "";
        foreach (Match key in documentation.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')[1]).SelectMany(cell => Key().Matches(cell)))
        {
            var name = key.Groups[1].Value;
            if (!name.StartsWith(':')) section = name[..Math.Max(0, name.LastIndexOf(':'))];
            yield return name.StartsWith(':') ? section + name : name.Replace(":n:*", "", StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> KeysOf(string section, Type options) => options.GetProperties().SelectMany(property =>
        property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal) ? KeysOf($"{section}:{property.Name}", property.PropertyType)
        : property.CanWrite ? [$"{section}:{property.Name}"]
        : Array.Empty<string>());

    [GeneratedRegex("Secret$|Token$|Password$|WriteKey$|Credentials$")]
    private static partial Regex SecretName();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Key();
}
