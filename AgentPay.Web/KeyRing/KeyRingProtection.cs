namespace AgentPay.Web.KeyRing;

/// <summary>What the keys are encrypted by on this instance.</summary>
/// <param name="Name">Tells one secret or certificate from another, and nothing more about it.</param>
internal sealed record KeyRingProtection(string Name);
