namespace AgentPay.Web.PaymentTypes;

/// <summary>A field that the caller enters. A matcher is the second entry of a field that must be entered twice.</summary>
public enum CaptureField
{
    PaymentCardNumber,
    ExpirationDate,
    SecurityCode,
    PostalCode,
    BankRoutingNumber,
    BankAccountNumber,
    PaymentCardNumberMatcher,
    ExpirationDateMatcher,
    SecurityCodeMatcher,
    PostalCodeMatcher,
}

public enum PaymentMethod
{
    CreditCard,
    AchDebit,
}

/// <summary>The use of a token. <see cref="PaymentMethod"/> exists on Stripe only.</summary>
public enum TokenType
{
    OneTime,
    Reusable,
    PaymentMethod,
}

public enum BankAccountType
{
    ConsumerChecking,
    ConsumerSavings,
    CommercialChecking,
}

public enum CardType
{
    Visa,
    Mastercard,
    Amex,
    Maestro,
    Discover,
    Optima,
    Jcb,
    DinersClub,
    Enroute,
}
