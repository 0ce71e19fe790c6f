namespace AgentPay.Web.Calls;

/// <summary>A person to whom a call can be handed over.</summary>
/// <param name="Name">For the screen.</param>
public sealed record Colleague(string PrincipalName, string Name);
