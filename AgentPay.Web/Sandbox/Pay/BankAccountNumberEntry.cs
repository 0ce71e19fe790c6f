using AgentPay.Web.Sandbox.Gateway;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>4 to 17 digits, masked with stars except the last two.</summary>
public sealed class BankAccountNumberEntry : FieldEntry
{
    public override bool IsFull => Digits.Length == 17;

    public override int MinLength => 4;

    public override string MaskedInput => new('*', Digits.Length);

    public override string MaskedValue => new string('*', Digits.Length - 2) + Digits[^2..];

    public override string? Validate()
    {
        if (IsTooShort) return ErrorTypes.InvalidBankAccountNumber;
        return TestCards.FindBankAccount(Digits)?.Behaviour == TestBehaviour.InvalidAccountType ? ErrorTypes.InvalidBankAccountType : null;
    }
}
