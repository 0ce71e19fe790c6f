using System.Text.RegularExpressions;

namespace AgentPay.Web.Payments;

/// <summary>The address of a payment at the gateway, from <see cref="PaymentProfile.RecordUrl"/>.</summary>
public static partial class RecordLink
{
    internal static readonly string[] Placeholders = ["confirmation", "token", "reference", "payment"];

    /// <summary>Returns the address, with all values URL-encoded; null without a template, or when a value is missing.</summary>
    /// <param name="profile">Null for a profile that is no longer configured.</param>
    public static string? Of(PaymentProfile? profile, HistoryRecord record)
    {
        if (profile?.RecordUrl is not { Length: > 0 } template) return null;
        var names = TextTemplate.NamesIn(template).ToList();
        if (names.Count == 0) return template;
        // In a path, a dot segment would lead to another address.
        if (names.Any(name => ValueOf(name, record) is null or "" or "." or "..")) return null;
        return TextTemplate.Fill(template, name => Uri.EscapeDataString(ValueOf(name, record)!));
    }

    internal static string? Problem(string template) =>
        TextTemplate.Problem(template, Placeholders)
        ?? (HttpsAndHost().IsMatch(template) && Uri.TryCreate(TextTemplate.Fill(template, _ => "x"), UriKind.Absolute, out _)
            ? null
            : "must be an https URL whose host has no placeholder. Example: https://gateway.example.com/payments/{confirmation}.");

    private static string? ValueOf(string name, HistoryRecord record) => name switch
    {
        "confirmation" => record.Confirmation,
        "token" => record.Token ?? record.ProfileId,
        "reference" => record.Reference,
        _ => record.Payment?.ToString(),
    };

    [GeneratedRegex(@"^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[^\s\\]*\z")]
    private static partial Regex HttpsAndHost();
}
