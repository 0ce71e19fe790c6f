using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>The configured profiles, and the plan that comes of one.</summary>
public sealed class PaymentProfiles(IOptions<PaymentsOptions> options)
{
    private static readonly CaptureField[] CardFields = [CaptureField.PaymentCardNumber, CaptureField.ExpirationDate, CaptureField.SecurityCode];
    private static readonly CaptureField[] BankFields = [CaptureField.BankRoutingNumber, CaptureField.BankAccountNumber];

    /// <summary>At least one; the first is the default.</summary>
    public IReadOnlyList<PaymentProfile> All { get; } = Read(options.Value);

    /// <summary>False when nothing is configured, so that the only profile takes whatever connector a client names.</summary>
    public bool AreConfigured { get; } = options.Value.Profiles.Count > 0 || !string.IsNullOrWhiteSpace(options.Value.Connectors);

    /// <summary>The profile of a connector, or the default for no connector; null for a connector that no configured profile has.</summary>
    public PaymentProfile? OfConnector(string? connector) =>
        connector is null || !AreConfigured ? All[0] : All.FirstOrDefault(profile => profile.Connector == connector);

    /// <summary>By its name, or the default for an empty name; null for a name that no profile has.</summary>
    public PaymentProfile? Find(string? name) =>
        string.IsNullOrWhiteSpace(name) ? All[0] : All.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>In the order in which they are asked; a field that must be entered twice is followed by its matcher.</summary>
    public static IReadOnlyList<CaptureField> FieldsOf(PaymentProfile profile)
    {
        var order = Fields(profile.CaptureOrder) is { Count: > 0 } given ? given : profile.PaymentMethod == PaymentMethod.AchDebit ? BankFields : CardFields;
        var twice = Fields(profile.RequireMatchingInputs).ToHashSet();
        return [.. order.SelectMany(field => twice.Contains(field) && MatcherOf(field) is { } matcher ? new[] { field, matcher } : [field])];
    }

    /// <summary>The fields that the names stand for, in their order. Names that Twilio does not know stop the start, and are left out here.</summary>
    public static IReadOnlyList<CaptureField> Fields(string names) => Members<CaptureField>(names);

    /// <summary>The card types that the profile takes; null for Twilio's default.</summary>
    public static IReadOnlyList<CardType>? CardTypesOf(PaymentProfile profile) => Members<CardType>(profile.ValidCardTypes) is { Count: > 0 } types ? types : null;

    /// <summary>Names separated by commas or spaces: Twilio uses the one for fields and the other for card types.</summary>
    internal static string[] Words(string names) => names.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The second entry of a field; null for one that is entered once only.</summary>
    public static CaptureField? MatcherOf(CaptureField field) => WireName.TryParse<CaptureField>(WireName.Of(field) + "-matcher", out var matcher) ? matcher : null;

    private static List<TEnum> Members<TEnum>(string names) where TEnum : struct, Enum =>
        [.. Words(names).Select(name => SettingText.Read(name, typeof(TEnum))).OfType<TEnum>()];

    private static List<PaymentProfile> Read(PaymentsOptions options)
    {
        if (options.Profiles.Count > 0) return options.Profiles;
        var names = (options.Connectors ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length == 0 ? [new()] : [.. names.Select(name => new PaymentProfile { Name = name, Connector = name })];
    }
}
