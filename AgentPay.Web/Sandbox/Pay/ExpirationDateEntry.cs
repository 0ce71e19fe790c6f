namespace AgentPay.Web.Sandbox.Pay;

/// <summary>MMYY. Twilio does not mask it.</summary>
public sealed class ExpirationDateEntry(TimeProvider clock) : FieldEntry
{
    public override bool IsFull => Digits.Length == 4;

    public override int MinLength => 4;

    public override string? Validate() => ExpirationDate.IsValid(Digits, clock.GetUtcNow()) ? null : ErrorTypes.InvalidDate;
}
