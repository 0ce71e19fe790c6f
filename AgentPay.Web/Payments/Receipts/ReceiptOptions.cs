using System.ComponentModel.DataAnnotations;

namespace AgentPay.Web.Payments;

/// <summary>The section <c>Payments:Receipts</c>: the sender of receipts by text message. Without a sender there are no receipts.</summary>
public sealed class ReceiptOptions : IValidatableObject
{
    /// <summary>A number of the account in E.164, a short code, or an alphanumeric sender of up to 11 characters.</summary>
    [RegularExpression(
        @"\+[1-9][0-9]{6,14}|[0-9]{3,6}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}",
        ErrorMessage = "{0} must be a number in E.164, a short code or a name of up to 11 letters and digits. Example: +61400000000.")]
    public string? From { get; set; }

    /// <summary>Twilio chooses the sender from the pool of this messaging service.</summary>
    [RegularExpression(
        "MG" + Pattern.Sid, ErrorMessage = "{0} must be MG and 32 hexadecimal digits. Example: MG" + Pattern.SomeSid + ".")]
    public string? MessagingServiceSid { get; set; }

    internal bool IsOn => From is not null || MessagingServiceSid is not null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (From is not null && MessagingServiceSid is not null)
            yield return validationContext.Failure(nameof(From), "and MessagingServiceSid are both set. Keep one.");
    }
}
