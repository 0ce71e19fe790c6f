namespace AgentPay.Web.Sandbox.Pay;

/// <summary>What came of asking a connector.</summary>
/// <param name="Id">The charge's or the token's id; null when there is none.</param>
/// <param name="Error">Words for the agent (<c>PaymentError</c>).</param>
/// <param name="PayErrorCode">Twilio's 64xxx code.</param>
/// <param name="ConnectorError">The gateway's own error code; null when it did not say one.</param>
public sealed record ConnectorOutcome(string? Id, string? Error = null, int PayErrorCode = 0, string? ConnectorError = null);
