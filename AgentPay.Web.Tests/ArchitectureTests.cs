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
        ["Events"] = [],
        ["TwilioApi"] = ["PaymentTypes", "CardData"],
        ["Sandbox"] = [],
        ["Sync"] = ["TwilioApi", "PaymentTypes"],
        ["UserSessions"] = [],
        ["Identity"] = ["Sync", "TwilioApi", "PaymentTypes", "UserSessions"],
        ["KeyRing"] = ["Sync", "TwilioApi"],
        ["RateLimiting"] = ["Identity", "Sync"],
        ["Payments"] = ["Events", "Sync", "TwilioApi", "PaymentTypes", "Identity", "CardData"],
        ["Calls"] = ["Sync", "TwilioApi", "PaymentTypes", "Identity", "CardData"],
        ["Analytics"] = ["Payments", "PaymentTypes"],
        ["Api"] = ["Payments", "Calls", "Identity", "Sync", "PaymentTypes", "CardData"],
        ["SelfTest"] = ["Calls", "Identity", "Payments", "Sync"],
        ["WebPages"] = ["Identity"],
        ["ScreenPops"] = ["Calls", "Payments", "PaymentTypes"],
        ["Handover"] = ["Calls", "Payments", "Identity", "Sync"],
        ["Board"] = ["Calls", "Payments", "PaymentTypes", "Sync"],
        ["Outages"] = ["Payments", "Sync"],
        ["Components"] =
        [
            "Board", "Events", "Outages",
            "Payments", "Calls", "Handover", "ScreenPops", "Identity", "UserSessions", "Sync", "PaymentTypes", "CardData", "SelfTest",
            "WebPages", "HistoryExport",
        ],
        ["HistoryExport"] = ["Payments", "Identity", "Sync", "PaymentTypes", "CardData"],
    };

    private static readonly Types Ours = Types.InAssembly(typeof(AgentPayOptions).Assembly);

    public static TheoryData<string> Guarded => [.. MayUse.Keys.Except(Shared)];

    [Theory]
    [MemberData(nameof(Guarded))]
    public void Folder_IsUsedOnlyByFoldersThatMay(string folder) => UsersOf(Root + folder)
        .Where(user => FolderOf(user) is { } by && by != folder && !MayUse[by].Contains(folder))
        .ShouldBeEmpty();

    [Fact]
    public void Folders_AllStandInTheTable() => typeof(AgentPayOptions).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true)
        .Select(type => type.Namespace![Root.Length..].Split('.')[0])
        .Distinct().ShouldBe(MayUse.Keys, ignoreOrder: true);

    // Used in the body of a method, of an async method, and of an async lambda, and nowhere else in these types.
    [Theory]
    [InlineData("Sandbox.SandboxFeature", "Sandbox.Control.ControlEndpoints")]
    [InlineData("HistoryExport.HistoryExportFeature", "HistoryExport.HistoryCsv")]
    [InlineData("Sandbox.Pay.PayFeature", "Sandbox.SandboxJson")]
    public void UsersOf_AType_IncludeMethodBodies(string user, string used) =>
        UsersOf(Root + used).ShouldContain(type => type.Split('/', 2)[0] == Root + user);

    [Fact]
    public void TwilioSdk_ForRest_IsUsedInTwilioApiAlone()
    {
        var users = UsersOf("Twilio.Rest", "Twilio.Clients");

        users.ShouldNotBeEmpty();
        users.Where(user => FolderOf(user) != "TwilioApi").ShouldBeEmpty();
    }

    // TwilioClient keeps its credentials in static fields: one account for all requests, and no cancellation, retries or configured hosts.
    [Fact]
    public void TwilioSdk_GlobalClient_IsNotUsed() => UsersOf("Twilio.TwilioClient").ShouldBeEmpty();

    /// <summary>Full names of the types that use one of the types or namespaces. Nested types follow a slash.</summary>
    private static List<string> UsersOf(params string[] used) =>
        [.. Ours.That().HaveDependencyOnAny(used).GetTypes().Select(type => type.FullName)];

    /// <summary>The folder of a type; null for a type of the root, which may use all folders.</summary>
    private static string? FolderOf(string type)
    {
        if (!type.StartsWith(Root, StringComparison.Ordinal)) return null;
        var folder = type[Root.Length..].Split('.')[0];
        return MayUse.ContainsKey(folder) ? folder : null;
    }
}
