namespace AgentPay.Web;

/// <summary>
/// Twilio or Sync refused a request, did not answer it, or cannot be used yet. It is not a bug of AgentPay: commands turn it into an
/// outcome for the agent, and background work tries again.
/// </summary>
public class ServiceUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
