using System.Reflection;
using System.Reflection.Emit;

namespace AgentPay.Web.Tests;

/// <summary>The arrows between the folders of AgentPay.Web, checked on the compiled assembly: signatures, fields, locals and method bodies.</summary>
public sealed class ArchitectureTests
{
    private const string Root = "AgentPay.Web";
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Configuration"] = [],
        ["CardData"] = [],
        ["Telemetry"] = [],
        ["PaymentTypes"] = [],
        ["TwilioApi"] = ["PaymentTypes", "CardData"],
        ["Sandbox"] = [],
        ["Sync"] = ["TwilioApi", "PaymentTypes"],
        ["UserSessions"] = [],
        ["Identity"] = ["Sync", "TwilioApi", "PaymentTypes", "UserSessions"],
        ["KeyRing"] = ["Sync", "TwilioApi"],
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
            "Payments", "Calls", "Handover", "ScreenPops", "Identity", "UserSessions", "Sync", "PaymentTypes", "CardData", "SelfTest", "WebPages",
            "HistoryExport",
        ],
        ["HistoryExport"] = ["Payments", "Identity", "Sync", "PaymentTypes", "CardData"],
    };

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => o.Value);

    private static IEnumerable<Type> OurTypes => typeof(AgentPayOptions).Assembly.GetTypes().Where(t => FolderOf(t) is not null);

    [Fact]
    public void Folders_UseOnlyWhatTheirArrowsAllow()
    {
        var strays =
            from type in OurTypes
            let folder = FolderOf(type)!
            from used in UsedBy(type).Select(t => (Type: t, Folder: FolderOf(t))).Where(u => u.Folder is not null && u.Folder != folder && u.Folder != "Configuration")
            where !MayUse.GetValueOrDefault(folder, []).Contains(used.Folder)
            select $"{type.FullName} uses {used.Type.FullName}";

        strays.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Folders_AllStandInTheTable()
    {
        OurTypes.Select(FolderOf).Distinct().ShouldBeSubsetOf(MayUse.Keys);
    }

    [Fact]
    public void UsedBy_SeesMethodBodies()
    {
        UsedBy(typeof(AgentPay.Web.Sandbox.SandboxFeature)).ShouldContain(typeof(AgentPay.Web.Sandbox.Control.ControlEndpoints));
    }

    [Fact]
    public void TwilioSdk_ForRest_IsUsedInTwilioApiAlone()
    {
        var users = UsersOf(used => used.Namespace is { } space && (space.StartsWith("Twilio.Rest", StringComparison.Ordinal) || space == "Twilio.Clients")).ToList();

        users.ShouldNotBeEmpty();
        users.Where(user => FolderOf(user) != "TwilioApi").ShouldBeEmpty();
    }

    // TwilioClient keeps its credentials in static fields: one account for all requests, and no cancellation, retries or configured hosts.
    [Fact]
    public void TwilioSdk_GlobalClient_IsNotUsed()
    {
        UsersOf(used => used == typeof(global::Twilio.TwilioClient)).ShouldBeEmpty();
    }

    private static IEnumerable<Type> UsersOf(Func<Type, bool> isUsed) => typeof(AgentPayOptions).Assembly.GetTypes().Where(type => UsedBy(type).Any(isUsed));

    /// <summary>The folder below the root; null for the root itself, and for types that are not ours.</summary>
    private static string? FolderOf(Type? type) =>
        type?.Namespace is { } space && space.StartsWith(Root + ".", StringComparison.Ordinal) && type.Assembly == typeof(AgentPayOptions).Assembly
            ? space[(Root.Length + 1)..].Split('.')[0]
            : null;

    private static HashSet<Type> UsedBy(Type type)
    {
        var used = new HashSet<Type>();
        void Add(Type? seen)
        {
            if (seen is null) return;
            if (seen.HasElementType) Add(seen.GetElementType());
            if (seen.IsGenericType) foreach (var argument in seen.GetGenericArguments()) Add(argument);
            used.Add(seen.IsGenericType ? seen.GetGenericTypeDefinition() : seen);
        }

        Add(type.BaseType);
        foreach (var part in type.GetInterfaces()) Add(part);
        foreach (var field in type.GetFields(Everything)) Add(field.FieldType);
        foreach (var method in type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)))
        {
            Add((method as MethodInfo)?.ReturnType);
            foreach (var parameter in method.GetParameters()) Add(parameter.ParameterType);
            foreach (var local in method.GetMethodBody()?.LocalVariables ?? []) Add(local.LocalType);
            foreach (var member in MembersIn(method)) Add(member as Type ?? member.DeclaringType);
        }
        return used;
    }

    private static IEnumerable<MemberInfo> MembersIn(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var op = code[at] == 0xFE ? OpCodesByValue[(short)(0xFE00 | code[++at])] : OpCodesByValue[code[at]];
            at++;
            if (op.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!;
            at += OperandSize(op, code, at);
        }
    }

    private static int OperandSize(OpCode op, byte[] code, int at) => op.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
