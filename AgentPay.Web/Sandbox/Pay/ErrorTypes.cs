namespace AgentPay.Web.Sandbox.Pay;

// Values of ErrorType in capture callbacks.
public static class ErrorTypes
{
    public const string InputTimeout = "input-timeout";
    public const string InvalidCardNumber = "invalid-card-number";
    public const string InvalidCardType = "invalid-card-type";
    public const string InvalidDate = "invalid-date";
    public const string InvalidSecurityCode = "invalid-security-code";
    public const string InvalidPostalCode = "invalid-postal-code";
    public const string InvalidBankRoutingNumber = "invalid-bank-routing-number";
    public const string InvalidBankAccountNumber = "invalid-bank-account-number";
    public const string InvalidBankAccountType = "invalid-bank-account-type";
    public const string SecurityCodeBeforeCardNumber = "invalid-card-number-security-code-capture-sequence";
    public const string InputMatchingFailed = "input-matching-failed";
    public const string SessionInProgress = "session-in-progress";
    public const string InternalError = "internal-error";
}
