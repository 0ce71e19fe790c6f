namespace AgentPay.Web.Sandbox.Pay;

/// <summary>MMYY, which Twilio does not mask.</summary>
public sealed class ExpirationDateEntry(TimeProvider clock) : FieldEntry
{
    public override bool IsFull => Digits.Length == 4;

    public override int Shortest => 4;

    public override string? Problem() => ExpirationDate.IsGood(Digits, clock.GetUtcNow()) ? null : ErrorTypes.InvalidDate;
}
