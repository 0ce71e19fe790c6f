using AgentPay.Web.Sandbox.Gateway;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>4 to 17 digits; masked with stars, but for the last two.</summary>
public sealed class BankAccountNumberEntry : FieldEntry
{
    public override bool IsFull => Digits.Length == 17;

    public override int Shortest => 4;

    public override string Typing => new('*', Digits.Length);

    public override string Shown => new string('*', Digits.Length - 2) + Digits[^2..];

    public override string? Problem()
    {
        if (IsTooShort) return ErrorTypes.InvalidBankAccountNumber;
        return TestCards.FindBankAccount(Digits)?.Behaviour == TestBehaviour.InvalidAccountType ? ErrorTypes.InvalidBankAccountType : null;
    }
}
