using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>The configuration section <c>Payments</c>.</summary>
public sealed class PaymentsOptions : IValidatableObject
{
    public const string Section = "Payments";

    /// <summary>The profiles that agents can choose. The first is the default.</summary>
    [ValidateEnumeratedItems]
    public List<PaymentProfile> Profiles { get; set; } = [];

    /// <summary>
    /// Comma-separated pay connectors, a setting of the previous version. Each becomes a profile when no profiles are set.
    /// </summary>
    public string? Connectors { get; set; }

    /// <summary>The longest time from the start until every field is captured.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "01:00:00")]
    public TimeSpan CaptureWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The time from a submission until its outcome is treated as unknown.</summary>
    [Range(typeof(TimeSpan), "00:00:15", "00:10:00")]
    public TimeSpan OutcomeTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long after a charge another one of the same reference and amount must be confirmed, on any call. Zero disables the check.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "12:00:00")]
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The sender of receipts by text message.</summary>
    [ValidateObjectMembers]
    public ReceiptOptions Receipts { get; init; } = new();

    public PaymentLimits Limits => new(CaptureWindow, OutcomeTimeout);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from name in Profiles.CountBy(profile => profile.Name, StringComparer.OrdinalIgnoreCase)
        where name.Value > 1
        select validationContext.Failure(nameof(Profiles), $"has the name '{name.Key}' more than once.");
}

[OptionsValidator]
internal sealed partial class PaymentsOptionsValidator : IValidateOptions<PaymentsOptions>;
