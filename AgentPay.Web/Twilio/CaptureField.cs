namespace AgentPay.Web.Twilio;

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
