namespace AgentPay.Web.Sandbox.Pay;

// Twilio's response to both requests of the Payments API. Dates are in RFC 2822 format.
public sealed record PaymentAnswer(string AccountSid, string CallSid, string Sid, string DateCreated, string DateUpdated, string Uri);
