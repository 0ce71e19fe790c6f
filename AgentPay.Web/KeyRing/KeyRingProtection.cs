namespace AgentPay.Web.KeyRing;

/// <summary>The secret or certificate that encrypts the keys on this instance.</summary>
/// <param name="Name">Identifies the secret or certificate without revealing it.</param>
internal sealed record KeyRingProtection(string Name);
