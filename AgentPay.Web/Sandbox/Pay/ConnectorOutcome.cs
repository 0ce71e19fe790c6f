namespace AgentPay.Web.Sandbox.Pay;

// The result of a connector request. Id: of the charge or token, if any. Error: the text of PaymentError. PayErrorCode:
// Twilio's 64xxx code. ConnectorError: the gateway's own error code, if any.
public sealed record ConnectorOutcome(string? Id, string? Error = null, int PayErrorCode = 0, string? ConnectorError = null);
