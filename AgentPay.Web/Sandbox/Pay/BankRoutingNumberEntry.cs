namespace AgentPay.Web.Sandbox.Pay;

/// <summary>Nine digits with the checksum of the American Bankers Association (weights 3, 7, 1). Not masked.</summary>
public sealed class BankRoutingNumberEntry : FieldEntry
{
    public override bool IsFull => Digits.Length == 9;

    public override int MinLength => 9;

    public override string? Validate() => IsFull && HasValidChecksum() ? null : ErrorTypes.InvalidBankRoutingNumber;

    private bool HasValidChecksum()
    {
        ReadOnlySpan<int> weights = [3, 7, 1];
        var sum = 0;
        for (var i = 0; i < Digits.Length; i++) sum += (Digits[i] - '0') * weights[i % 3];
        return sum > 0 && sum % 10 == 0;
    }
}
