using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.TwilioApi;

/// <summary>What a payment session is for: a charge or a token, never both (Twilio refuses that with 64020).</summary>
public abstract record PaymentGoal
{
    private PaymentGoal()
    {
    }

    internal abstract void AddTo(FormFields form);

    public sealed record Charge(ChargeAmount Amount) : PaymentGoal
    {
        internal override void AddTo(FormFields form)
        {
            form.Add("ChargeAmount", Amount.ToString());
            form.Add("Currency", Amount.Currency.Code);
        }
    }

    /// <param name="Type">Null means reusable, as Twilio has it.</param>
    public sealed record Token(TokenType? Type = null, Currency? Currency = null) : PaymentGoal
    {
        internal override void AddTo(FormFields form)
        {
            form.Add("TokenType", Type);
            form.Add("Currency", Currency?.Code);
        }
    }
}
