namespace AgentPay.Web.Identity;

/// <summary>Entra ID gave no endpoints and keys, and none are known from earlier.</summary>
internal sealed class EntraUnreachableException(Exception cause) : Exception("Entra ID could not be reached.", cause);
