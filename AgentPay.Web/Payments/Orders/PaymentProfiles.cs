using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>The configured payment profiles.</summary>
public sealed class PaymentProfiles(IOptions<PaymentsOptions> options)
{
    private static readonly CaptureField[] CardFields =
        [CaptureField.PaymentCardNumber, CaptureField.ExpirationDate, CaptureField.SecurityCode];
    private static readonly CaptureField[] BankFields = [CaptureField.BankRoutingNumber, CaptureField.BankAccountNumber];

    /// <summary>All profiles, at least one. The first is the default.</summary>
    public IReadOnlyList<PaymentProfile> All { get; } = Read(options.Value);

    /// <summary>False when no profile is configured. Then the default profile accepts every connector that a client names.</summary>
    public bool AreConfigured { get; } =
        options.Value.Profiles.Count > 0 || !string.IsNullOrWhiteSpace(options.Value.Connectors);

    /// <summary>Returns the profile of a connector, the default when it is null, or null when no profile has the connector.</summary>
    public PaymentProfile? OfConnector(string? connector) =>
        connector is null || !AreConfigured ? All[0] : All.FirstOrDefault(profile => profile.Connector == connector);

    /// <summary>Returns the profile of a name, the default when the name is empty, or null when there is none.</summary>
    public PaymentProfile? Find(string? name) =>
        string.IsNullOrWhiteSpace(name) ? All[0] : All.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Returns the fields in the order in which they are asked. A field that is entered twice is followed by its matcher.
    /// </summary>
    public static IReadOnlyList<CaptureField> FieldsOf(PaymentProfile profile)
    {
        var usual = profile.PaymentMethod == PaymentMethod.AchDebit ? BankFields : CardFields;
        var order = Fields(profile.CaptureOrder) is { Count: > 0 } configured ? configured : usual;
        var twice = Fields(profile.RequireMatchingInputs).ToHashSet();
        return
        [
            .. order.SelectMany(field =>
                twice.Contains(field) && MatcherOf(field) is { } matcher ? new[] { field, matcher } : [field]),
        ];
    }

    /// <summary>
    /// Returns the fields with these names, in the same order. Unknown names are ignored; the options validation refuses them.
    /// </summary>
    public static IReadOnlyList<CaptureField> Fields(string names) => Members<CaptureField>(names);

    /// <summary>Returns the card types that the profile accepts; null for Twilio's default.</summary>
    public static IReadOnlyList<CardType>? CardTypesOf(PaymentProfile profile) =>
        Members<CardType>(profile.ValidCardTypes) is { Count: > 0 } types ? types : null;

    /// <summary>Splits names at commas and spaces: Twilio separates fields by commas and card types by spaces.</summary>
    internal static string[] Words(string names) =>
        names.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Returns the field for the second entry of a field; null when it cannot be entered twice.</summary>
    public static CaptureField? MatcherOf(CaptureField field) =>
        WireName.TryParse<CaptureField>(WireName.Of(field) + "-matcher", out var matcher) ? matcher : null;

    private static List<TEnum> Members<TEnum>(string names) where TEnum : struct, Enum =>
        [.. Words(names).Select(name => SettingText.Read(name, typeof(TEnum))).OfType<TEnum>()];

    private static List<PaymentProfile> Read(PaymentsOptions options)
    {
        if (options.Profiles.Count > 0) return options.Profiles;
        var names = (options.Connectors ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length == 0 ? [new()] : [.. names.Select(name => new PaymentProfile { Name = name, Connector = name })];
    }
}
