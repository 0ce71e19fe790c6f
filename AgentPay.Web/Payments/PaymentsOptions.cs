using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>The section <c>Payments</c>.</summary>
public sealed class PaymentsOptions : IValidatableObject
{
    public const string Section = "Payments";

    /// <summary>What agents choose from; the first is the default.</summary>
    [ValidateEnumeratedItems]
    public List<PaymentProfile> Profiles { get; set; } = [];

    /// <summary>The predecessor's comma-separated list of pay connectors: a profile each, where no profiles are given.</summary>
    public string? Connectors { get; set; }

    /// <summary>From the start until everything is captured.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "01:00:00")]
    public TimeSpan CaptureWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>From a submission until its outcome is called unknown.</summary>
    [Range(typeof(TimeSpan), "00:00:15", "00:10:00")]
    public TimeSpan OutcomeTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a charge of the same reference and amount, on any call, asks the agent to confirm; zero never asks.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "12:00:00")]
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromMinutes(10);

    public PaymentLimits Limits => new(CaptureWindow, OutcomeTimeout);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from name in Profiles.CountBy(profile => profile.Name, StringComparer.OrdinalIgnoreCase)
        where name.Value > 1
        select validationContext.Failure(nameof(Profiles), $"has the name '{name.Key}' more than once.");
}

[OptionsValidator]
internal sealed partial class PaymentsOptionsValidator : IValidateOptions<PaymentsOptions>;
