namespace AgentPay.Web.Calls;

/// <summary>A person to whom a call can be handed over.</summary>
/// <param name="Name">The display name.</param>
public sealed record Colleague(string PrincipalName, string Name);
