namespace AgentPay.Web.KeyRing;

/// <summary>
/// The key ring in Sync. It is one document, so that a write fails if another instance has added a key at the same time.
/// </summary>
internal sealed record SealedKeys
{
    public IReadOnlyList<SealedKey> Keys { get; init; } = [];
}

/// <param name="Xml">The framework's XML element of a key. Its secret part is encrypted.</param>
/// <param name="By">The <see cref="KeyRingProtection.Name"/> it is encrypted with. Instances skip keys with another name.</param>
/// <param name="Expires">UTC.</param>
internal sealed record SealedKey(string Xml, string By, DateTimeOffset Expires);
