using NetArchTest.Rules;

namespace AgentPay.Web.Tests;

/// <summary>The allowed references between the folders of AgentPay.Web, checked on the compiled assembly, method bodies included.</summary>
public sealed class ArchitectureTests
{
    private const string Root = "AgentPay.Web.";

    /// <summary>Folders that every folder may use.</summary>
    private static readonly string[] Shared = ["Configuration", "Hosting", "Localization", "Security"];

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Configuration"] = [],
        ["Hosting"] = [],
        ["Localization"] = [],
        ["Security"] = [],
        ["CardData"] = [],
        ["Telemetry"] = [],
        ["PaymentTypes"] = [],
        ["TwilioApi"] = ["PaymentTypes", "CardData"],
        ["Sandbox"] = [],
        ["Sync"] = ["TwilioApi", "PaymentTypes"],
        ["UserSessions"] = [],
        ["Identity"] = ["Sync", "TwilioApi", "PaymentTypes", "UserSessions"],
        ["KeyRing"] = ["Sync", "TwilioApi"],
        ["RateLimiting"] = ["Identity", "Sync"],
        ["Payments"] = ["Sync", "TwilioApi", "PaymentTypes", "Identity", "CardData"],
        ["Calls"] = ["Sync", "TwilioApi", "PaymentTypes", "Identity", "CardData"],
        ["Analytics"] = ["Payments", "PaymentTypes"],
        ["Api"] = ["Payments", "Calls", "Identity", "Sync", "PaymentTypes", "CardData"],
        ["SelfTest"] = ["Calls", "Identity", "Payments", "Sync"],
        ["WebPages"] = ["Identity"],
        ["ScreenPops"] = ["Calls", "Payments", "PaymentTypes"],
        ["Handover"] = ["Calls", "Payments", "Identity", "Sync"],
        ["Components"] =
        [
            "Payments", "Calls", "Handover", "ScreenPops", "Identity", "UserSessions", "Sync", "PaymentTypes", "CardData", "SelfTest",
            "WebPages", "HistoryExport",
        ],
        ["HistoryExport"] = ["Payments", "Identity", "Sync", "PaymentTypes", "CardData"],
    };

    private static readonly Types Ours = Types.InAssembly(typeof(AgentPayOptions).Assembly);

    public static TheoryData<string> Folders => [.. MayUse.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_UsesOnlyTheFoldersThatItMay(string folder)
    {
        string[] forbidden = [.. MayUse.Keys.Except([folder, .. MayUse[folder], .. Shared]).Select(other => Root + other)];

        Failures(Ours.That().ResideInNamespace(Root + folder).ShouldNot().HaveDependencyOnAny(forbidden)).ShouldBeEmpty();
    }

    [Fact]
    public void Folders_AllStandInTheTable() => typeof(AgentPayOptions).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true)
        .Select(type => type.Namespace![Root.Length..].Split('.')[0])
        .Distinct().ShouldBe(MayUse.Keys, ignoreOrder: true);

    // Used in the body of a method, of an async method, and of a lambda, and nowhere else in these types.
    [Theory]
    [InlineData("Sandbox.SandboxFeature", "Sandbox.Control.ControlEndpoints")]
    [InlineData("HistoryExport.HistoryExportFeature", "HistoryExport.HistoryCsv")]
    [InlineData("Sandbox.Pay.PayFeature", "Sandbox.SandboxJson")]
    public void Dependencies_InMethodBodies_AreSeen(string type, string used) =>
        Ours.That().HaveDependencyOnAny(Root + used).GetTypes().Select(user => user.FullName).ShouldContain(Root + type);

    [Fact]
    public void TwilioSdk_ForRest_IsUsedInTwilioApiAlone()
    {
        string[] rest = ["Twilio.Rest", "Twilio.Clients"];

        Ours.That().HaveDependencyOnAny(rest).GetTypes().ShouldNotBeEmpty();
        Failures(Ours.That().DoNotResideInNamespace(Root + "TwilioApi").ShouldNot().HaveDependencyOnAny(rest)).ShouldBeEmpty();
    }

    // TwilioClient keeps its credentials in static fields: one account for all requests, and no cancellation, retries or configured hosts.
    [Fact]
    public void TwilioSdk_GlobalClient_IsNotUsed() => Failures(Ours.ShouldNot().HaveDependencyOnAny("Twilio.TwilioClient")).ShouldBeEmpty();

    private static IEnumerable<string> Failures(ConditionList rule) =>
        rule.GetResult().FailingTypes?.Select(type => $"{type.FullName}: {type.Explanation}") ?? [];
}
