namespace AgentPay.Web.Sandbox.Pay;

/// <summary>Twilio's answer to both requests of the Payments API. Dates are RFC 2822.</summary>
public sealed record PaymentAnswer(string AccountSid, string CallSid, string Sid, string DateCreated, string DateUpdated, string Uri);
