using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Events;

/// <summary>The section <c>Events</c>: where the start and the end of payments are reported, such as to a recorder in the PBX.</summary>
public sealed class EventsOptions : IValidatableObject
{
    public const string Section = "Events";

    /// <summary>Receives the events by POST. Empty means that none are sent.</summary>
    [BaseAddress("https://recorder.example.com/agentpay", OrPath = true)]
    public string? Url { get; set; }

    /// <summary>Signs the events: <see cref="EventSignature"/>.</summary>
    [Secret]
    public string? Secret { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is not null && Secret is null)
            yield return validationContext.Failure(nameof(Secret), $"is missing. It must be {EventSignature.SecretFormat}");
        else if (Secret is not null && EventSignature.KeyOf(Secret) is null)
            yield return validationContext.Failure(nameof(Secret), $"must be {EventSignature.SecretFormat}");
    }
}

[OptionsValidator]
internal sealed partial class EventsOptionsValidator : IValidateOptions<EventsOptions>;
