using System.Text.RegularExpressions;
using AgentPay.Web.Analytics;
using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using AgentPay.Web.KeyRing;
using AgentPay.Web.Payments;
using AgentPay.Web.SelfTest;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using AgentPay.Web.WebPages;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.SelfTest;

/// <summary>Whatever can be configured is shown on the setup page and explained in docs/configuration.md.</summary>
public sealed partial class SettingsTests
{
    private static readonly IReadOnlyList<string> Configurable =
    [
        .. KeysOf(AgentPayOptions.Section, typeof(AgentPayOptions)), .. KeysOf(AgentPayOptions.Section, typeof(KeyRingOptions)),
        .. KeysOf(AzureAdOptions.Section, typeof(AzureAdOptions)), .. KeysOf(RoleGroupOptions.Section, typeof(RoleGroupOptions)), .. KeysOf(TwilioOptions.Section, typeof(TwilioOptions)),
        .. KeysOf(SyncOptions.Section, typeof(SyncOptions)), .. KeysOf(VoiceOptions.Section, typeof(VoiceOptions)),
        .. KeysOf(PaymentsOptions.Section, typeof(PaymentsOptions)), .. KeysOf(SegmentOptions.Section, typeof(SegmentOptions)),
        .. KeysOf(ConsoleOptions.Section, typeof(ConsoleOptions)),
    ];

    [Fact]
    public async Task Read_EveryOption_IsShown()
    {
        await using var app = new AgentPayApp();

        var shown = ActivatorUtilities.CreateInstance<Settings>(app.Services).Read().SelectMany(group => group.Settings).Select(setting => setting.Key);

        shown.Order().ShouldBe(Configurable.Order());
    }

    [Fact]
    public async Task Documentation_EveryOption_IsExplained()
    {
        var documentation = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "configuration.md"));

        Configurable.Except(Explained(documentation)).ShouldBeEmpty();
    }

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

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Key();
}
