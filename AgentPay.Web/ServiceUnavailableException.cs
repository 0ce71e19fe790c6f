namespace AgentPay.Web;

/// <summary>
/// Twilio or Sync refused a request, did not answer it, or cannot be used yet. It is not a bug of AgentPay. Commands convert it to an
/// outcome for the agent, and background work retries.
/// </summary>
public class ServiceUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
