using System.Globalization;
using AgentPay.Web.PaymentTypes;
using Twilio.Rest.Api.V2010.Account.Call;

namespace AgentPay.Web.TwilioApi;

/// <summary>The purpose of a payment session: a charge or a token. Twilio refuses a request for both with 64020.</summary>
public abstract record PaymentGoal
{
    private PaymentGoal()
    {
    }

    internal abstract void AddTo(CreatePaymentOptions options);

    public sealed record Charge(ChargeAmount Amount) : PaymentGoal
    {
        internal override void AddTo(CreatePaymentOptions options)
        {
            // Parsed from its text, because the SDK then sends all decimals of the currency: 10.50, not 10.5.
            options.ChargeAmount = decimal.Parse(Amount.ToString(), CultureInfo.InvariantCulture);
            options.Currency = Amount.Currency.Code;
        }
    }

    /// <param name="Type">Null means reusable, Twilio's default.</param>
    public sealed record Token(TokenType? Type = null, Currency? Currency = null) : PaymentGoal
    {
        internal override void AddTo(CreatePaymentOptions options)
        {
            if (Type is { } type) options.TokenType = WireName.Of(type);
            options.Currency = Currency?.Code;
        }
    }
}
